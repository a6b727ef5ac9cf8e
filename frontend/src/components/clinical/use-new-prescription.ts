import { useNavigate } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { useBeginPrescription } from '@/lib/prescriptions';
import { useMe } from '@/lib/session';

/** Begins a receta on a consultation and goes to it; two presses are one receta. */
export function useNewPrescription(patientId: string) {
  const { user } = useMe();
  const navigate = useNavigate();
  const begin = useBeginPrescription(patientId);
  const oneAtATime = useOneAtATime();
  const { key, renew } = useIdempotencyKey();
  return {
    isOpening: begin.isPending,
    open: (consultationId: string, before?: () => Promise<unknown>) => {
      oneAtATime(async () => {
        try {
          await before?.();
          const id = await begin.mutateAsync({ consultationId, userId: user.id, key });
          await navigate({ to: paths.prescription, params: { patientId, prescriptionId: id } });
        } finally {
          renew();
        }
      });
    },
  };
}
