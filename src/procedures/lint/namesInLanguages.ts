import type { DiagramElement } from '../diagram.ts';
import { problem } from '../problems.ts';
import type { Problem } from '../types.ts';
import type { Rule } from './subject.ts';

/** Process, pool, lanes, stages, flow nodes and conditional flows are named in French, Arabic and English. */
export const namesInLanguages: Rule = ({ diagram }) => {
  const { process, pools, lanes, stages, nodes, flows } = diagram;
  const conditional = flows.filter(({ condition }) => condition !== null);
  return [process, ...pools, ...lanes, ...stages, ...nodes, ...conditional].flatMap(missingNames);
};

const ATTRIBUTES = { fr: 'name', ar: 'permit:nameAr', en: 'permit:nameEn' } as const;

function missingNames({ id, name }: DiagramElement): Problem[] {
  const languages = ['fr', 'ar', 'en'] as const;
  return languages
    .filter((language) => name[language] === '')
    .map((language) => ATTRIBUTES[language])
    .map((attribute) =>
      problem(
        'namesInLanguages',
        id,
        `L’élément ${id} n’a pas d’attribut ${attribute}.`,
        `العنصر ${id} ينقصه الاسم ${attribute}.`,
        `Element ${id} has no ${attribute}.`,
      ),
    );
}
