import { IconPrinter } from '@tabler/icons-react';
import { ExternalButtonLink } from '@/components/ui/button';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/papers.json';
import classes from './papers.module.css';

const t = translator(texts);

/** The papers of documents, as the server names them. A note comes in the first two. */
export const PAPERS = ['letter', 'half_letter', 'letter_large'] as const;
export type Paper = (typeof PAPERS)[number];

/** «Media carta». */
export function paperName(paper: Paper): string {
  return t(paper);
}

interface PdfLinksProps {
  papers: readonly Paper[];
  /** The address of the document on a paper. */
  href: (paper: Paper) => string;
}

/** A signed document to be printed, on each of its papers. */
export function PdfLinks({ papers, href }: PdfLinksProps) {
  return (
    <div className={classes.links} data-print="hide">
      {papers.map((paper) => (
        <ExternalButtonLink
          key={paper}
          size="s"
          href={href(paper)}
          target="_blank"
          rel="noopener"
          icon={<IconPrinter stroke={1.7} aria-hidden />}
        >
          {t('pdf', { format: paperName(paper) })}
        </ExternalButtonLink>
      ))}
    </div>
  );
}
