export { type Detector, detectors, type Match } from './detectors/index.ts';
export { inspector } from './finding.ts';
export { examine } from './intake/examine.ts';
export { type Recognised, recognise, type Unread } from './ocr/recognise.ts';
export { inspectPdf } from './pdf/inspect-pdf.ts';
export { type NormalisedText, normalise } from './text/normalised-text.ts';
export { inspectText } from './text/search-text.ts';
export { handle, type InspectAnswer, type InspectJob } from './worker.ts';
