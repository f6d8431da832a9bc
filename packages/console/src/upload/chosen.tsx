import { ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { fill, useWords } from '../words/language.tsx';
import { sizeText } from './size.ts';
import { words } from './words.ts';

export type Fault = (file: File) => string | undefined;

type Props = {
  files: readonly File[];
  together: boolean;
  fault: Fault;
  onChange: (files: readonly File[]) => void;
};

/** The files chosen, in their order; the first of a publication is its main document. */
export const Chosen = ({ files, together, fault, onChange }: Props) => {
  const w = useWords(words);
  const up = (i: number) => onChange(files.toSpliced(i, 1).toSpliced(i - 1, 0, ...files.slice(i, i + 1)));
  return (
    <ul className="gk-chosen">
      {files.map((file, i) => {
        const wrong = fault(file);
        return (
          <li key={`${file.name} ${file.size} ${file.lastModified}`}>
            {together && <Tag color={i === 0 ? 'blue' : 'default'}>{i === 0 ? w.main : w.attachment}</Tag>}
            <span className="gk-file-name">{file.name}</span>
            <span className="gk-quiet">{sizeText(file.size)}</span>
            {wrong && <Tag color="red">{wrong}</Tag>}
            {together && i > 0 && (
              <Button
                type="text"
                aria-label={`${w.up} ${file.name}`}
                icon={<ArrowUpOutlined />}
                onClick={() => up(i)}
              />
            )}
            <Button
              type="text"
              aria-label={`${w.remove} ${file.name}`}
              icon={<DeleteOutlined />}
              onClick={() => onChange(files.toSpliced(i, 1))}
            />
          </li>
        );
      })}
    </ul>
  );
};

/** Why a file would be refused before a byte is sent; the server checks again. */
export const useFault = (limit: number | undefined): Fault => {
  const w = useWords(words);
  return (file) => {
    if (file.size === 0) return w.empty;
    return limit !== undefined && file.size > limit
      ? fill(w.tooLarge, { limit: sizeText(limit) })
      : undefined;
  };
};
