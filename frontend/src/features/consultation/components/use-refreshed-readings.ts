import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { readingsQuery, type Consultation } from '../api';

/** Asks again what the vital signs mean whenever the server has other ones. */
export function useRefreshedReadings(patientId: string, { vital_signs: vitals }: Consultation): void {
  const client = useQueryClient();
  const known = useRef(JSON.stringify(vitals));
  const now = JSON.stringify(vitals);
  useEffect(() => {
    if (known.current === now) return;
    known.current = now;
    void client.invalidateQueries({ queryKey: readingsQuery(patientId).queryKey });
  }, [client, patientId, now]);
}
