import { InboxOutlined } from '@ant-design/icons';
import { Upload } from 'antd';
import { useOffice } from '../api/session.ts';
import { fill, useWords } from '../words/language.tsx';
import { sizeText } from './size.ts';
import { words } from './words.ts';

/** Hint for the file dialog only: the server tells the type by content, and says why it refuses one that is dropped. */
const accept =
  '.docx,.doc,.wps,.odt,.rtf,.xlsx,.xls,.et,.ods,.pptx,.ppt,.odp,.pdf,.ofd,.png,.jpg,.jpeg,.tif,.tiff,.txt,.md,.csv,.html,.htm';

/** Where files are dropped or chosen. Sends nothing itself. */
export const Drop = ({ onFiles }: { onFiles: (files: readonly File[]) => void }) => {
  const w = useWords(words);
  const office = useOffice();
  return (
    <Upload.Dragger
      multiple
      accept={{ format: accept, filter: () => true }}
      showUploadList={false}
      beforeUpload={(file, all) => {
        // Called once a file; hand the whole choice over with the first.
        if (file === all[0]) onFiles(all);
        return Upload.LIST_IGNORE;
      }}
    >
      <p className="ant-upload-drag-icon">
        <InboxOutlined />
      </p>
      <p className="ant-upload-text">{w.drop}</p>
      <p className="ant-upload-hint">
        {office.data && fill(w.accepted, { limit: sizeText(office.data.limits.uploadBytes) })}
      </p>
    </Upload.Dragger>
  );
};
