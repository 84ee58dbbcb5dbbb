import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Failure } from '../../shared/failure';
import { grantId, type GrantId } from '../../shared/ids';
import { failed, ok, type Result } from '../../shared/result';
import type { Service } from '../service/startService';
import type { CommandContext } from './jobRun';

/** A picture that was named, or lies in a folder that was. */
export interface NamedPicture {
  readonly name: string;
  readonly grant: GrantId;
}

/** Lets the service read or write a path that was typed. */
export function grantPath(service: Service, file: string, access: 'read' | 'write'): GrantId {
  const grant = grantId.parse(`${access} ${file}`);
  service.grant(grant, { path: file, access });
  return grant;
}

/** Every file that is named, and every picture of a folder that is. `folder`: where the names are relative to. */
export async function grantPictures(
  names: readonly string[],
  folder: string,
  { service, client }: CommandContext,
): Promise<Result<readonly NamedPicture[], Failure>> {
  const pictures: NamedPicture[] = [];
  for (const name of names) {
    const file = path.resolve(folder, name);
    const found = await stat(file).catch(() => null);
    if (found === null) return failed({ kind: 'fileMissing', file: name });
    const grant = grantPath(service, file, 'read');
    if (!found.isDirectory()) {
      pictures.push({ name, grant });
      continue;
    }
    const inside = await client.call('folder.pictures', { folder: grant });
    if (!inside.ok) return inside;
    for (const { name: own } of inside.value.pictures)
      pictures.push({ name: path.join(name, own), grant: grantPath(service, path.join(file, own), 'read') });
  }
  return ok(pictures);
}
