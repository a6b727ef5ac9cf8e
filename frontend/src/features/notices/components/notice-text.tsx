import { readMarkup, type Block, type Span } from '../markup';
import classes from './notice-text.module.css';

function Line({ spans }: { spans: readonly Span[] }) {
  return spans.map((span, index) => (span.strong ? <strong key={index}>{span.text}</strong> : span.text));
}

function BlockView({ block }: { block: Block }) {
  const [first = []] = block.lines;
  switch (block.kind) {
    case 'heading':
      return (
        <h3>
          <Line spans={first} />
        </h3>
      );
    case 'list':
      return (
        <ul className={classes.list}>
          {block.lines.map((spans, index) => (
            <li key={index}>
              <Line spans={spans} />
            </li>
          ))}
        </ul>
      );
    case 'callout':
      return (
        <p className={classes.callout}>
          <Line spans={first} />
        </p>
      );
    default:
      return (
        <p>
          <Line spans={first} />
        </p>
      );
  }
}

/** The words of a notice as people read them. */
export function NoticeText({ content }: { content: string }) {
  return (
    <div className={classes.text}>
      {readMarkup(content).map((section, index) => (
        <section key={index}>
          {section.title !== '' && <h2>{section.title}</h2>}
          {section.blocks.map((block, place) => (
            <BlockView key={place} block={block} />
          ))}
        </section>
      ))}
    </div>
  );
}
