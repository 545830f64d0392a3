import type { ButtonHTMLAttributes, ReactNode } from 'react';

/** Classes of OHIF's own buttons, so that ours look the same; only those that its style sheet holds. */
const BUTTON =
  'inline-flex items-center justify-center whitespace-nowrap rounded text-base font-normal leading-tight ' +
  'transition-colors focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-ring ' +
  'disabled:pointer-events-none disabled:opacity-50 h-7 px-2 py-2';

const VARIANTS = Object.freeze({
  primary: 'bg-primary/85 text-primary-foreground hover:bg-primary/100',
  secondary: 'border border-primary/25 bg-background hover:bg-primary/25 text-primary',
});

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: keyof typeof VARIANTS;
}

/** A button in OHIF's look. */
export const Button = ({ variant = 'secondary', className = '', ...props }: ButtonProps) => (
  <button type="button" className={`${BUTTON} ${VARIANTS[variant]} ${className}`} {...props} />
);

export interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly cy?: string;
}

/** A titled part of the panel. */
export const Section = ({ title, children, cy }: SectionProps) => (
  <section aria-label={title} data-cy={cy}>
    <h2
      className="bg-popover text-muted-foreground my-0.5 flex h-7 w-full items-center rounded py-2 pl-2.5 pr-1"
      style={{ fontSize: 13 }}
    >
      {title}
    </h2>
    <div className="space-y-2 px-2 py-2">{children}</div>
  </section>
);

export interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly cy?: string;
}

/** One line of name and number; inside a `<dl>`. */
export const Fact = ({ name, value, cy }: FactProps) => (
  <div className="flex justify-between gap-2">
    <dt className="text-muted-foreground">{name}</dt>
    <dd
      className="text-foreground whitespace-nowrap"
      style={{ fontVariantNumeric: 'tabular-nums' }}
      data-cy={cy}
    >
      {value}
    </dd>
  </div>
);

/** A list in OHIF's look that a native select shows. */
export const SELECT =
  'border-input text-foreground bg-background hover:bg-primary/10 h-7 w-full rounded border px-2 text-base ' +
  'focus:outline-none focus:ring-1 focus:ring-ring disabled:cursor-not-allowed disabled:opacity-50';
