export { S3Uploads, type S3UploadsOptions } from './s3-uploads.ts';
export { type UploadTicket, uploadTicket } from './upload-ticket.ts';
