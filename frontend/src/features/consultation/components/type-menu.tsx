import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Menu } from '@/components/ui/menu';
import { ApiError } from '@/lib/api/error';
import { changeType, consultationQuery, noteTypesQuery, type NoteType } from '../api';
import { fittedTo, toBody, type NoteSection } from '../note';
import type { OpenNote } from '../open-note';
import { t } from '../t';
import classes from './checklist.module.css';

/** Makes another kind of note of the draft; what has no place in it stays in the draft's history. */
function useTypeChange(note: OpenNote) {
  const client = useQueryClient();
  const { draft } = note;
  return useMutation({
    mutationFn: async (type: NoteType) => {
      if (!(await draft.flush())) {
        throw new ApiError({ status: 0, code: 'network', detail: t('obstacle.unsaved') });
      }
      const { content, version } = draft.getState();
      const body = toBody(fittedTo(content, type.sections as NoteSection[]));
      return changeType(note.latest().id, version, type.key, body);
    },
    onSuccess: async (changed) => {
      await draft.retire();
      client.setQueryData(consultationQuery(changed.id).queryKey, changed);
    },
  });
}

/** «Cambiar»: the other kinds of note. */
export function TypeMenu({ note }: { note: OpenNote }) {
  const types = useQuery(noteTypesQuery).data ?? [];
  const change = useTypeChange(note);
  const own = note.latest().type;
  const entries = types
    .filter(({ key }) => key !== own)
    .map((type) => ({
      key: type.key,
      label: type.label,
      onSelect: () => {
        change.mutate(type);
      },
    }));
  return (
    <Menu
      position="bottom-start"
      trigger={
        <button type="button" className={classes.change}>
          {t('change')}
          <span className="visually-hidden">{` ${t('changeTo')}`}</span>
        </button>
      }
      groups={[{ key: 'types', entries }]}
    />
  );
}
