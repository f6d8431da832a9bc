import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { qrPicture } from '../../stamp/index.ts';
import { day, minute } from '../beijing-time.ts';

const date = z.iso.date();

/** 公示栏海报: what stands at the moment of making, for the wall. One board is a list, several hang side by side. */
export const schema = z.object({
  paper: z.enum(['a4', 'a3', 'a2']),
  office: z.string().min(1),
  /** 政务公开栏, 财务公开栏 */
  heading: z.string().min(1),
  /** 监督电话 */
  phone: z.string().default(''),
  /** Address of the public catalogue. */
  site: z.url(),
  /** ISO instant at which every item on it was visible. */
  madeAt: z.iso.datetime({ offset: true }),
  boards: z
    .array(
      z.object({
        name: z.string().min(1),
        items: z.array(
          z.object({
            title: z.string().min(1),
            documentNumber: z.string().default(''),
            office: z.string().default(''),
            indexNumber: z.string(),
            publishedOn: date,
            /** The last whole day of the display; absent while long-term. */
            lastDay: date.optional(),
            /** Of the document's public page; printed as a QR code. */
            url: z.url(),
          }),
        ),
      }),
    )
    .min(1),
});

type Poster = z.infer<typeof schema>;
type Item = Poster['boards'][number]['items'][number];

export const title = (data: Poster): string => `${data.office}${data.heading}`;

export const template = readFileSync(new URL('./notice-poster.typ', import.meta.url), 'utf8');

/** Each paper has twice the area of the one before, and so has everything on it. */
const scales = { a4: 1, a3: Math.SQRT2, a2: 2 } as const;

/** In pieces that stay whole where the line breaks. */
const period = ({ publishedOn, lastDay }: Item): string[] =>
  lastDay === undefined
    ? [`${day(publishedOn)}起`, '长期公开']
    : [`公示期：${day(publishedOn)}`, `至${day(lastDay)}`];

export const view = (data: Poster): Record<string, unknown> => {
  const lastDays = data.boards.flatMap(({ items }) => items.flatMap(({ lastDay }) => lastDay ?? []));
  const first = lastDays.sort()[0];
  return {
    ...data,
    scale: scales[data.paper],
    madeAt: minute(data.madeAt),
    // A poster cannot take down what has ended: it says when somebody must.
    replaceAfter: first === undefined ? '' : day(first),
    boards: data.boards.map(({ name, items }) => ({
      name,
      items: items.map((item) => ({
        ...item,
        // The head of the poster says it already.
        office: item.office === data.office ? '' : item.office,
        period: period(item),
        qr: qrPicture(item.url),
      })),
    })),
  };
};
