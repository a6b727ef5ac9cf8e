import { api, read } from '@/lib/api/client';
import { beginSession } from '@/lib/session';

/** Goes to work in another of the person's clinics: the program begins anew, with nothing of the former one. */
export async function switchClinic(clinicId: string): Promise<void> {
  beginSession(await read(api.POST('/api/auth/switch-clinic', { body: { clinic_id: clinicId } })));
}
