import { RangePipe } from './range.pipe.js';

export const PAGE_SIZE_DEFAULT = 12;
export const PAGE_SIZE_MAXIMUM = 100;

/** How many entries a page may have. */
export const PageSizePipe = RangePipe(1, PAGE_SIZE_MAXIMUM, PAGE_SIZE_DEFAULT);
