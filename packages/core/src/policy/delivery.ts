import * as z from 'zod';

/** 交付: in which formats a release is published. The PDF always; it is what the gate passes, and every other is made of it. */
export const delivery = z.strictObject({
  /** OFD (GB/T 33190), the format of 电子公文 and archives. */
  ofd: z.boolean().default(false),
});
type Delivery = z.output<typeof delivery>;

/** What one column does otherwise than its office. */
export const columnDelivery = z.strictObject({ ofd: z.boolean().optional() });

export const deliveryIn = (
  policy: {
    readonly delivery: Delivery;
    readonly columns: readonly {
      readonly key: string;
      readonly delivery?: z.output<typeof columnDelivery> | undefined;
    }[];
  },
  column: string,
): Delivery => ({
  ofd: policy.columns.find(({ key }) => key === column)?.delivery?.ofd ?? policy.delivery.ofd,
});
