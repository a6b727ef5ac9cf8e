import classes from './letter-text.module.css';

interface LetterTextProps {
  text: string;
  label: string;
}

/** The letter of confidentiality as it was written, a line a paragraph; it scrolls by keyboard too. */
export function LetterText({ text, label }: LetterTextProps) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (
    <section className={classes.letter} aria-label={label} tabIndex={0}>
      {lines.map((line, index) => (
        <p key={`${String(index)} ${line}`}>{line}</p>
      ))}
    </section>
  );
}
