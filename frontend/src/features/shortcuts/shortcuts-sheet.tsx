import { Fragment } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { KeyHint } from '@/components/ui/key-hint';
import { setSingleKeys, useSingleKeys } from '@/lib/shortcuts';
import classes from './shortcuts-sheet.module.css';
import { t } from './t';

interface Shortcut {
  what: string;
  /** The keys, in order. */
  keys: readonly string[];
  /** What stands between them: one or the other, or one after the other. */
  between?: string;
}

interface GroupProps {
  title: string;
  shortcuts: readonly Shortcut[];
}

function Group({ title, shortcuts }: GroupProps) {
  return (
    <section className={classes.group}>
      <h3 className={classes.title}>{title}</h3>
      <dl>
        {shortcuts.map(({ what, keys, between }) => (
          <div key={what} className={classes.shortcut}>
            <dt>{what}</dt>
            <dd>
              {keys.map((key, index) => (
                <Fragment key={key}>
                  {index > 0 && ` ${between ?? ''} `}
                  <KeyHint>{key}</KeyHint>
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** A screen of the menu and its letter, given by the shell. */
export interface ShortcutPlace {
  label: string;
  shortcut?: string;
}

function goingTo(places: readonly ShortcutPlace[]): Shortcut[] {
  const home = { what: t('home'), keys: [t('keys.go'), t('keys.home')], between: t('then') };
  const others = places.flatMap(({ label, shortcut }) =>
    shortcut === undefined ? [] : [{ what: label, keys: [t('keys.go'), shortcut], between: t('then') }],
  );
  return [home, ...others];
}

interface ShortcutsSheetProps {
  places: readonly ShortcutPlace[];
  onClose: () => void;
}

/** Every shortcut there is, and the choice to do without those of a single key. */
export function ShortcutsSheet({ places, onClose }: ShortcutsSheetProps) {
  const hasSingleKeys = useSingleKeys();
  return (
    <Dialog opened onClose={onClose} title={t('title')} size="s">
      <Group
        title={t('everywhere')}
        shortcuts={[
          { what: t('search'), keys: [t('keys.search'), t('keys.slash')], between: t('or') },
          { what: t('help'), keys: [t('keys.help')] },
          { what: t('lock'), keys: [t('keys.lock')] },
        ]}
      />
      <Group title={t('goTo')} shortcuts={goingTo(places)} />
      <Group
        title={t('lists')}
        shortcuts={[
          { what: t('choose'), keys: [t('keys.up'), t('keys.down')] },
          { what: t('open'), keys: [t('keys.enter')] },
          { what: t('openInTab'), keys: [t('keys.ctrlEnter')] },
        ]}
      />
      <div className={classes.choice}>
        <Checkbox
          label={t('singleKeys')}
          hint={t('singleKeysHint')}
          checked={hasSingleKeys}
          onChange={setSingleKeys}
        />
      </div>
    </Dialog>
  );
}
