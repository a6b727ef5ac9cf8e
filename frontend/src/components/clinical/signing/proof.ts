import { t as common } from '@/lib/t';

/** The proof that the signer is who she is, as the server takes it; nothing of it is kept. */
export interface Proof {
  password: string;
}

export const NO_PROOF: Proof = { password: '' };

/** What a proof still lacks, by field. */
export function checkProof({ password }: Proof): Record<string, string> {
  return password === '' ? { password: common('form.required') } : {};
}
