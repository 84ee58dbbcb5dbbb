/** Keys that do something, by where they do it. */
export interface KeyGroup {
  readonly where: string;
  readonly keys: readonly (readonly [keys: string, does: string])[];
}

/** Everything the keyboard does beyond Tab, Enter and the space bar; shown by Keys. */
export const keyList: readonly KeyGroup[] = [
  {
    where: 'Everywhere',
    keys: [
      ['Ctrl+O', 'open a file'],
      ['Ctrl+Enter', 'fit; in Choose K compare, in Batch begin'],
      ['Ctrl+E', 'export the rows, save the picture'],
      ['Esc', 'cancel what is under way, close a dialog'],
      ['Ctrl+1 to Ctrl+5', 'the steps, from left to right'],
      ['F1', 'these keys'],
    ],
  },
  {
    where: 'Grid of rows',
    keys: [
      ['Arrows, Page Up, Page Down', 'walk; with Ctrl to the end'],
      ['Home, End', 'first or last column; with Ctrl first or last cell'],
      ['Shift+Left, Shift+Right', 'in the head: more columns at once'],
      ['Enter', 'in the head: the role of the column; Esc goes back'],
      ['Space', 'in Results: select the row; with Ctrl beside others'],
    ],
  },
  {
    where: 'Charts',
    keys: [
      ['+ and -', 'zoom'],
      ['Arrows', 'move; in Choose K and Curve walk from point to point'],
      ['0', 'show everything'],
      ['Enter', 'in Choose K and Curve: take the point'],
    ],
  },
  {
    where: 'Pictures',
    keys: [
      ['+ and -, wheel, pinch', 'zoom'],
      ['0, 1', 'the whole picture; pixel by pixel'],
      ['Arrows', 'on the picture: push it; with Shift farther'],
      ['Arrows, Page keys', 'on the line between before and after: move it; Home and End: to a side'],
      ['B, held', 'the original alone'],
      ['D', 'the difference'],
      ['Ctrl+Z, Ctrl+Y', 'back and forth among palettes'],
    ],
  },
  {
    where: 'Palette',
    keys: [
      ['Arrows', 'walk; Space chooses, with Ctrl beside others'],
      ['Enter', 'change the colour'],
      ['L, Delete', 'lock; remove'],
      ['H', 'show where the colour is'],
    ],
  },
];
