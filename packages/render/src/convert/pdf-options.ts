const yes = { type: 'boolean', value: 'true' };
const no = { type: 'boolean', value: 'false' };

/**
 * LibreOffice's PDF export options: comments must not come out as annotations, hidden slides and form fields stay
 * away, headings become bookmarks, tags are for screen readers.
 */
export const pdfOptions = {
  ExportNotes: no,
  ExportNotesPages: no,
  ExportHiddenSlides: no,
  ExportFormFields: no,
  ExportBookmarks: yes,
  UseTaggedPDF: yes,
};
