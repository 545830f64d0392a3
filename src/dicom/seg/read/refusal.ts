import { DicomError } from '../../errors';
import { type Keyword, tagOf } from '../../tags';

/** A SEG that cannot be used. @param what one clause that names the tag */
export const refusal = (
  code: string,
  keyword: Keyword,
  rule: string,
  what: string,
  advice = 'choose another SEG',
): DicomError => new DicomError({ code, tag: tagOf(keyword), rule, what, advice });
