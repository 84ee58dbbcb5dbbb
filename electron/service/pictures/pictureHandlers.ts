import type { Handlers } from '../../../shared/contract/port';

/** One handler for each call about pictures. */
export type PictureHandlers = Pick<
  Handlers,
  Extract<keyof Handlers, `${'picture' | 'painting' | 'palette' | 'segments' | 'folder'}.${string}`>
>;
