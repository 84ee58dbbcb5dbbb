import type { Failure } from './failure';
import type { FeatureKind } from './features';
import type { FitFailure } from './fitFailure';
import { pictureFormatName } from './image/pictureFacts';

/** Row numbers are shown counted from 1, as in the grid. */
const rowNumber = (row: number): string => (row + 1).toLocaleString('en');

const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** Of a name as it is spoken. */
const article = (name: string): string => (/^([AEIO]|[FHLMNRSX][A-Z])/.test(name) ? 'an' : 'a');

const kindText: Record<FeatureKind, string> = {
  number: 'a number',
  yesNo: 'yes or no',
  category: 'a category',
};

const notForAllText: Record<Extract<Failure, { kind: 'notForAll' }>['what'], string> = {
  goal: 'A palette for all pictures has a number of colours. Say how many, or give each picture a palette of its own.',
  places:
    'A palette for all pictures is fitted to colours alone. Set the weight of places to 0, or give each picture a palette of its own.',
  mixture:
    'A palette for all pictures is found by k-means. Choose k-means, or give each picture a palette of its own.',
};

const notOfFramesText: Record<Extract<Failure, { kind: 'notOfFrames' }>['what'], string> = {
  segments: 'Segments are found in one frame. Choose a frame instead of all.',
  places: 'Places count in one frame. Set the weight of places to 0, or choose a frame instead of all.',
};

/** The failure in words: what happened, where, and what to do about it. */
export function failureText(failure: Failure): string {
  switch (failure.kind) {
    case 'fileMissing':
      return `"${failure.file}" is not there any more. It may have been moved, renamed or deleted: open it again from where it is now.`;
    case 'fileUnreadable':
      return `"${failure.file}" cannot be read: ${failure.problem}. Check that you may open it and that its drive is connected.`;
    case 'emptyFile':
      return `"${failure.file}" is empty. Check that it was saved or downloaded completely.`;
    case 'noDataRows':
      return `"${failure.file}" has a header of ${failure.columns} ${failure.columns === 1 ? 'column' : 'columns'} but no rows under it. If its first line is data, say so with "First row is a header" in the import settings.`;
    case 'notATable':
      return failure.looksLike === null
        ? `"${failure.file}" is not a table: it holds binary data. Open a CSV, TSV or text file, or an Excel or OpenDocument workbook.`
        : `"${failure.file}" is not a table: it looks like ${failure.looksLike}. Open a CSV, TSV or text file, or an Excel or OpenDocument workbook.`;
    case 'damagedWorkbook':
      return `"${failure.file}" is a workbook, but it is damaged or was cut off. Open it in a spreadsheet program and save it again, or fetch it anew.`;
    case 'encryptedWorkbook':
      return `"${failure.file}" is protected by a password. Save a copy without the password in your spreadsheet program and open that.`;
    case 'unknownSheet':
      return `There is no sheet "${failure.sheet}". The workbook has ${listed(failure.sheets)}.`;
    case 'emptySheet':
      return failure.sheets.length > 1
        ? `Sheet "${failure.sheet}" of "${failure.file}" is empty. Choose another: the workbook has ${listed(failure.sheets)}.`
        : `The only sheet of "${failure.file}" is empty. Check that it was saved completely.`;
    case 'tooLarge':
      return `"${failure.file}" is too large: ${failure.limit}. Save the part you need as CSV and open that.`;
    case 'notAPicture':
      return `"${failure.file}" is not a picture${failure.looksLike === null ? '' : `: it looks like ${failure.looksLike}`}. Open a PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF file.`;
    case 'unreadPicture':
      return `"${failure.file}" is ${article(failure.format)} ${failure.format} picture, which is not read. Save it as PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF in the program that made it, and open that.`;
    case 'damagedPicture':
      return `"${failure.file}" is ${article(pictureFormatName[failure.format])} ${pictureFormatName[failure.format]} picture, but it cannot be read: ${failure.problem}. Fetch it anew, or save it again in a picture editor.`;
    case 'pictureTooLarge':
      return `"${failure.file}" has ${failure.width.toLocaleString('en')} x ${failure.height.toLocaleString('en')} pixels${failure.frames > 1 ? ` in each of ${failure.frames.toLocaleString('en')} frames` : ''}; at most ${failure.limitMegapixels} million are read. ${failure.frames > 1 ? 'Read one frame, or scale it down in a picture editor.' : 'Scale it down in a picture editor, or cut out the part you need.'}`;
    case 'noSuchFrame':
      return failure.frame === null
        ? `"${failure.file}" is an animated PNG, of which only the first frame is read. Save it as GIF or WebP for all of them.`
        : `"${failure.file}" has no frame ${failure.frame + 1}: ${failure.frames === 1 ? 'one frame' : `frames 1 to ${failure.frames.toLocaleString('en')}`} can be read. Choose another.`;
    case 'framesDiffer':
      return `The pictures in "${failure.file}" are not of one size, so they cannot be read together. Read one of them.`;
    case 'notOfFrames':
      return notOfFramesText[failure.what];
    case 'badPalette':
      return `"${failure.file}" cannot be read as a palette: ${failure.problem}. Open a palette of 1 to 256 colours: .gpl, .act, .ase, .css or .json.`;
    case 'tooFewColours':
      return `${failure.colours} ${failure.colours === 1 ? 'colour is' : 'colours are'} too few: the locked colours, one for what is transparent and one for the rest need ${failure.needed}. Ask for more colours, or unlock some.`;
    case 'mixtureOfPlaces':
      return 'A mixture of Gaussians is fitted to colours alone. Set the weight of places to 0, or use k-means.';
    case 'sideTooLong':
      return `The picture has ${failure.width.toLocaleString('en')} x ${failure.height.toLocaleString('en')} pixels; a ${failure.format === 'gif' ? 'GIF' : 'WebP'} file has at most ${failure.most.toLocaleString('en')} a side. Save it as PNG.`;
    case 'tooManyRegions':
      return `There are ${failure.regions.toLocaleString('en')} regions; a label map holds the numbers of ${failure.most.toLocaleString('en')}. Merge small regions, or save the map of colours.`;
    case 'regionsTooFine':
      return `There are ${failure.regions.toLocaleString('en')} regions; at most ${failure.most.toLocaleString('en')} are told apart. Merge regions of few pixels, ask for fewer colours, or paint without dithering.`;
    case 'wouldReplaceOriginal':
      return `"${failure.file}" is a picture that is open here; originals are never written over. Choose another name.`;
    case 'notForAll':
      return notForAllText[failure.what];
    case 'noPictures':
      return `There is no picture in "${failure.folder}". Choose a folder with PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF files in it.`;
    case 'unknownPicture':
      return 'This picture is not open any more. Open its file again.';
    case 'unknownColumn':
      return `There is no column "${failure.column}". The table has ${listed(failure.columns.slice(0, 12))}${failure.columns.length > 12 ? ', ...' : ''}.`;
    case 'columnNotNumeric':
      return failure.row === null
        ? `Column "${failure.column}" does not hold numbers. Leave it out of the features, or set its type to number in the import settings.`
        : `Row ${rowNumber(failure.row)}, column "${failure.column}": "${failure.text ?? ''}" is not a number. Set the column's type to number to treat such cells as missing, or leave the column out.`;
    case 'columnNotSuitable':
      return `Column "${failure.column}" cannot be taken as ${kindText[failure.as]}: ${failure.problem}. Take it as something else, or leave it out of the features.`;
    case 'tooManyLabels':
      return `Column "${failure.column}" names ${failure.labels} clusters, but only ${failure.components} are asked for. Ask for at least ${failure.labels}.`;
    case 'noNumericColumn':
      return 'No column holds numbers that could be a feature. Check in the import settings how the columns were read, or name the features.';
    case 'repeatedColumn':
      return `Column "${failure.column}" is named twice among the features. Name it once.`;
    case 'constantColumn':
      return `Column "${failure.column}" is ${failure.value} in every row used, so it cannot tell rows apart. Leave it out of the features.`;
    case 'missingCells':
      return `Column "${failure.column}" has ${failure.cells} missing ${failure.cells === 1 ? 'cell' : 'cells'}, the first in row ${rowNumber(failure.firstRow)}. Leave such rows out, or leave the column out.`;
    case 'badWeight':
      return `Row ${rowNumber(failure.row)}, column "${failure.column}": a row weight must be a number of 0 or more.`;
    case 'noWeight':
      return `No row used has a weight above 0 in column "${failure.column}". Choose another column of weights, or none.`;
    case 'noRowsLeft':
      return `None of the ${failure.rows} rows has a value in every feature. Leave out the columns with the most missing cells.`;
    case 'badScaling':
      return `The scaling cannot be used: ${failure.problem}.`;
    case 'fitFailed':
      return fitFailureText(failure.failure, failure.features);
    case 'notWritten':
      return `"${failure.file}" was not written: ${failure.problem}. What was there before is untouched. Choose another place or free some space.`;
    case 'notGranted':
      return 'This file was not chosen in a dialog. Choose it with Open.';
    case 'unknownTable':
      return 'This table is not open any more. Open its file again.';
    case 'unknownFit':
      return 'This fit is not in memory any more. Fit again: the same seed gives the same result.';
    case 'unknownSelection':
      return 'This comparison of models is no longer there. Run it again.';
    case 'badRequest':
      return failure.path === ''
        ? `The request is not understood: ${failure.problem}.`
        : `"${failure.path}" is not understood: ${failure.problem}.`;
    case 'cancelled':
      return 'Cancelled before there was a result to keep.';
    case 'timeLimit':
      return 'The time limit was over before there was a result to keep. Allow more time.';
    case 'serviceLost':
      return `The engine stopped (${failure.reason}) and was started again. What you opened is kept; start this again.`;
    case 'internal':
      return `A fault in Mixtura stopped this. Nothing of yours was changed. Please report it with the number ${failure.reference}.`;
  }
}

/** Why a fit cannot go on, with the remedies. `features`: names of the columns, in the order of the fit. */
export function fitFailureText(failure: FitFailure, features: readonly string[]): string {
  const featureName = (index: number): string => `"${features[index] ?? String(index + 1)}"`;
  switch (failure.kind) {
    case 'tooFewDistinctRows':
      return `Only ${failure.distinct} distinct ${failure.distinct === 1 ? 'row' : 'rows'} for ${failure.components} clusters. Ask for at most ${failure.distinct}, or add features that tell the rows apart.`;
    case 'emptyComponent':
      return `Cluster ${failure.component + 1} lost all its rows. Ask for fewer clusters, or try another seed.`;
    case 'singularCovariance':
      return `${failure.component === null ? 'The shared covariance' : `The covariance of cluster ${failure.component + 1}`} collapsed: ${singularCause(failure.cause, failure.feature === null ? null : featureName(failure.feature))}. ${singularRemedy(failure.cause)}`;
    case 'notFinite':
      return `The numbers left the range a computer can hold (${failure.where}). Standardise the features, or check them for extreme values.`;
    case 'badStart':
      return `The given start cannot be used: ${failure.problem}.`;
  }
}

/** What cures each cause; the buttons beside it are `failureRemedies`. */
function singularRemedy(cause: Extract<FitFailure, { kind: 'singularCovariance' }>['cause']): string {
  switch (cause) {
    case 'fewRows':
      return 'Add a weak prior, use fewer clusters, or a covariance that is simpler or the same for all clusters.';
    case 'constantFeature':
      return 'Leave that feature out.';
    case 'collinearFeatures':
      return 'Leave that feature out, use diagonal covariances, or add a small ridge.';
    case 'collapsed':
      return 'Add a weak prior or a small ridge, leave that feature out, use fewer clusters, or one covariance for all.';
  }
}

function singularCause(
  cause: Extract<FitFailure, { kind: 'singularCovariance' }>['cause'],
  feature: string | null,
): string {
  switch (cause) {
    case 'fewRows':
      return 'it holds fewer rows than it takes to estimate it';
    case 'constantFeature':
      return feature === null ? 'a feature does not vary in it' : `${feature} does not vary in it`;
    case 'collinearFeatures':
      return feature === null
        ? 'its features depend on each other exactly'
        : `${feature} follows exactly from the other features in it`;
    case 'collapsed':
      return feature === null
        ? 'it shrank onto a few equal rows'
        : `it shrank onto a few rows with equal ${feature}`;
  }
}
