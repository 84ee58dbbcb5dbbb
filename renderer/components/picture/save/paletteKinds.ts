/** Kinds of palette files by the end of their names, and who reads them. */
export const paletteKinds = [
  { value: 'gpl', label: 'GIMP palette (.gpl)', note: 'GIMP, Inkscape, Krita and Scribus; with names.' },
  {
    value: 'ase',
    label: 'Swatch exchange (.ase)',
    note: 'Photoshop, Illustrator and InDesign; with names, without opacities.',
  },
  { value: 'act', label: 'Colour table (.act)', note: 'Photoshop; colours in their order, without names.' },
  { value: 'css', label: 'CSS (.css)', note: 'Custom properties of a style sheet, called by the names.' },
  { value: 'json', label: 'JSON (.json)', note: 'Hexadecimal codes and names, for programs of your own.' },
] as const;

export type PaletteKind = (typeof paletteKinds)[number]['value'];
