/** Pixels of one character, rather too many than too few: for where nothing is drawn, and so nothing can be measured. */
const CHARACTER = 7;
/** As the style has it: `.axis text`. */
const SIZE_REM = 0.75;

let context: CanvasRenderingContext2D | null = null;

/** How wide a label of an axis is, in pixels: languages differ too much for a fixed width. */
export function labelWidth(label: string): number {
  if (typeof document === 'undefined') return label.length * CHARACTER;
  context ??= contextOfLabels();
  return Math.ceil(context.measureText(label).width);
}

function contextOfLabels(): CanvasRenderingContext2D {
  const { fontSize, fontFamily } = getComputedStyle(document.documentElement);
  const made = document.createElement('canvas').getContext('2d')!;
  made.font = `${SIZE_REM * parseFloat(fontSize)}px ${fontFamily}`;
  return made;
}
