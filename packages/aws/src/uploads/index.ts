export { S3Uploads, type S3UploadsOptions } from './s3-uploads.ts';
export { uploadTicket } from './upload-ticket.ts';
