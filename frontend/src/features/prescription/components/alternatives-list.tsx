import { useEffect, useRef } from 'react';
import { alternatives as t } from '../alternatives-t';
import type { Medication } from '../content';
import classes from './alternatives.module.css';
import { titleOf } from './drug-search';

/** «Oral · Antibiótico · Frecuente» */
function captionOf({ route, antibiotic, favorite }: Medication): string {
  const marks = [antibiotic ? t('antibiotic') : '', favorite === true ? t('frequent') : ''];
  return [route.charAt(0).toLocaleUpperCase('es-MX') + route.slice(1), ...marks].filter(Boolean).join(' · ');
}

interface OptionProps {
  id: string;
  medication: Medication;
  isActive: boolean;
  onChoose: (medication: Medication) => void;
}

function Option({ id, medication, isActive, onChoose }: OptionProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={isActive}
      className={classes.option}
      onMouseDown={(event) => {
        // The focus stays in the field.
        event.preventDefault();
      }}
      onClick={() => {
        onChoose(medication);
      }}
    >
      <span className={classes.name}>{titleOf(medication)}</span>
      <span className={classes.caption}>{captionOf(medication)}</span>
    </div>
  );
}

interface AlternativesListProps {
  id: string;
  found: readonly Medication[];
  activeId: string | undefined;
  onChoose: (medication: Medication) => void;
}

/** The options under the field. The focus stays in the field; the arrows move the choice. */
export function AlternativesList({ id, found, activeId, onChoose }: AlternativesListProps) {
  return (
    <div id={id} role="listbox" aria-label={t('list')} className={classes.list}>
      {found.map((one) => (
        <Option
          key={one.id}
          id={`${id}-${one.id}`}
          medication={one}
          isActive={one.id === activeId}
          onChoose={onChoose}
        />
      ))}
    </div>
  );
}
