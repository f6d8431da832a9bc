import type { Rectangle } from './geometry.ts';
import type { Painted } from './page-objects.ts';

/** Grid cells are this many points wide: half a small character. */
const cell = 4;
const mostWrites = 20_000_000;
const several = 3;

const isThin = ({ left, right, top, bottom }: Rectangle): boolean => right - left < 1.5 || bottom - top < 1.5;

/**
 * For every small cell of the page: the painting order of the last thing able to hide what is under it.
 * Coarse on purpose: it only picks candidates, what is really hidden is proved by drawing the page.
 */
export class PaintCover {
  readonly #columns: number;
  readonly #rows: number;
  readonly #last: Uint32Array;
  /** How many thin things lie here: one is a rule of a table, several close together are a bar. */
  readonly #thin: Uint8Array;
  #writes = 0;

  constructor(width: number, height: number, painted: readonly Painted[]) {
    this.#columns = Math.max(1, Math.min(2000, Math.ceil(width / cell)));
    this.#rows = Math.max(1, Math.min(2000, Math.ceil(height / cell)));
    this.#last = new Uint32Array(this.#columns * this.#rows);
    this.#thin = new Uint8Array(this.#columns * this.#rows);
    for (const { box, order, covers, thin } of painted) {
      if (covers && !isThin(box)) this.#paint(box, order);
      else if (covers || thin) this.#paint(box, order, true);
    }
  }

  #paint(box: Rectangle, order: number, thin = false): void {
    const fromColumn = Math.max(0, Math.floor(box.left / cell));
    const toColumn = Math.min(this.#columns - 1, Math.floor(box.right / cell));
    const fromRow = Math.max(0, Math.floor(box.top / cell));
    const toRow = Math.min(this.#rows - 1, Math.floor(box.bottom / cell));
    for (let row = fromRow; row <= toRow && this.#writes < mostWrites; row++) {
      for (let column = fromColumn; column <= toColumn; column++) {
        const at = row * this.#columns + column;
        this.#writes += 1;
        if (thin) {
          const count = Math.min(255, (this.#thin[at] ?? 0) + 1);
          this.#thin[at] = count;
          if (count < several) continue;
        }
        this.#last[at] = order;
      }
    }
  }

  /** Whether something painted after `order` lies over the middle of the box. True when there was too much to tell. */
  mayHide(box: Rectangle, order: number): boolean {
    if (this.#writes >= mostWrites) return true;
    const column = Math.floor((box.left + box.right) / 2 / cell);
    const row = Math.floor((box.top + box.bottom) / 2 / cell);
    if (column < 0 || row < 0 || column >= this.#columns || row >= this.#rows) return false;
    return (this.#last[row * this.#columns + column] ?? 0) > order;
  }
}
