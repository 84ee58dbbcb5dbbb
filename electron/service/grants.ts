import type { Failure } from '../../shared/failure';
import type { GrantId } from '../../shared/ids';
import { failed, ok, type Result } from '../../shared/result';

export interface Grant {
  readonly path: string;
  readonly access: 'read' | 'write';
}

/** The paths a person has chosen: the service opens and writes no others. */
export class Grants {
  private readonly grants = new Map<GrantId, Grant>();

  add(id: GrantId, grant: Grant): void {
    this.grants.set(id, grant);
  }

  /** The path behind a grant of the wanted kind, or `notGranted`. */
  path(id: GrantId, access: Grant['access']): Result<string, Failure> {
    const grant = this.grants.get(id);
    return grant?.access === access ? ok(grant.path) : failed({ kind: 'notGranted' });
  }
}
