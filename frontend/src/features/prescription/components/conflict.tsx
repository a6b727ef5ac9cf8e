import { useQuery } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/error-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import { PRESCRIPTIONS, readPrescription } from '@/lib/prescriptions';
import { contentOf, type Content } from '../content';
import { t } from '../t';
import classes from './editor.module.css';
import type { EditorState } from './use-editor';

function Version({ title, content }: { title: string; content: Content }) {
  return (
    <div>
      <h3>{title}</h3>
      {content.items.length === 0 ? (
        <p>{t('conflict.none')}</p>
      ) : (
        <ul>
          {content.items.map(({ id, generic_name: name, dose, frequency, duration }) => (
            <li key={id}>
              <strong>{name}</strong> {[dose, frequency, duration].filter(Boolean).join(', ')}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** One's own version with the medicines and the reasons that only the other has. */
export function united(mine: Content, theirs: Content): Content {
  const items = new Set(mine.items.map(({ id }) => id));
  const reasons = new Set(mine.acknowledgements.map(({ alert_id: id }) => id));
  return {
    items: [...mine.items, ...theirs.items.filter(({ id }) => !items.has(id))],
    acknowledgements: [...mine.acknowledgements, ...theirs.acknowledgements.filter(({ alert_id: id }) => !reasons.has(id))],
  };
}

/** Whether one's own words for a medicine that both have take the place of the other's. */
function isLossy(mine: Content, theirs: Content): boolean {
  const own = new Map(mine.items.map((item) => [item.id, JSON.stringify(item)]));
  return theirs.items.some((item) => own.has(item.id) && own.get(item.id) !== JSON.stringify(item));
}

/** Two windows wrote the same receta: both versions side by side, and with which to go on. */
export function Conflict({ id, editor }: { id: string; editor: EditorState }) {
  const { draft, accept } = editor.open;
  const other = useQuery({
    queryKey: [PRESCRIPTIONS, 'one', id, 'conflict', draft.getState().version],
    queryFn: ({ signal }) => readPrescription(id, signal),
    gcTime: 0,
  });
  if (other.isError) {
    return <ErrorState error={other.error} title={t('conflict.load')} onRetry={() => void other.refetch()} />;
  }
  if (!other.data) return <SkeletonRows />;
  const theirs = other.data;
  const [mine, saved] = [editor.content, contentOf(theirs)];
  const goOn = (content: Content, loser: Content | undefined) => () => {
    accept(theirs);
    editor.setLoser(loser);
    draft.goOnWith(content, { content: saved, version: theirs.version });
  };
  return (
    <Card title={t('conflict.title')}>
      <p>{t('conflict.text')}</p>
      <div className={classes.versions}>
        <Version title={t('conflict.mine')} content={mine} />
        <Version title={t('conflict.theirs')} content={saved} />
      </div>
      <div className={classes.choices}>
        <Button onClick={goOn(mine, saved)}>{t('conflict.keepMine')}</Button>
        <Button onClick={goOn(saved, mine)}>{t('conflict.useTheirs')}</Button>
        <Button variant="primary" onClick={goOn(united(mine, saved), isLossy(mine, saved) ? saved : undefined)}>
          {t('conflict.both')}
        </Button>
      </div>
    </Card>
  );
}
