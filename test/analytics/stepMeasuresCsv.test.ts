import { expect } from 'chai';
import { writeCsv } from '../../src/analytics/csv.ts';
import { stepMeasuresCsv } from '../../src/analytics/stepMeasuresCsv.ts';
import type { StepMeasure } from '../../src/analytics/steps.ts';

describe('writeCsv', () => {
  it('quotes what must be quoted and ends every row with CRLF', () => {
    expect(
      writeCsv([
        ['a', 'b,c', 'd"e', 'f\ng'],
        ['نص', '', null, -1.5],
      ]),
    ).to.equal('\ufeffa,"b,c","d""e","f\ng"\r\nنص,,,-1.5\r\n');
  });

  for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', ' =1+1', '＝1+1', '\n=1']) {
    it(`disarms ${JSON.stringify(formula)}`, () => {
      const cell = writeCsv([[formula]]).slice(1, -2);
      expect(cell.replace(/^"/, '').startsWith("'")).to.equal(true);
    });
  }

  it('leaves harmless texts alone', () => {
    expect(writeCsv([['M-1', 'a=b', 'x@y.ma', "l'avis"]])).to.equal("\ufeffM-1,a=b,x@y.ma,l'avis\r\n");
  });

  it('refuses rows of another width and numbers that are none', () => {
    expect(() => writeCsv([['a'], ['a', 'b']])).to.throw(RangeError, '2 cells where the first has 1');
    expect(() => writeCsv([[Number.NaN]])).to.throw(RangeError, 'NaN');
  });
});

describe('stepMeasuresCsv', () => {
  const distribution = { count: 3, min: 1, max: 9, mean: 10 / 3, p25: 1, median: 2, p75: 9, p90: 9 };
  const measure: StepMeasure = {
    flowNode: 'SignDecision',
    finished: 3,
    open: 1,
    elapsed: distribution,
    working: null,
  };

  it('writes one row per measure, means to the millisecond', () => {
    expect(stepMeasuresCsv([measure]).split('\r\n')).to.deep.equal([
      '\ufeffflowNode,finished,open,' +
        'elapsedMedianSeconds,elapsedP90Seconds,elapsedMinSeconds,elapsedMaxSeconds,elapsedMeanSeconds,elapsedP25Seconds,elapsedP75Seconds,' +
        'workingMedianSeconds,workingP90Seconds,workingMinSeconds,workingMaxSeconds,workingMeanSeconds,workingP25Seconds,workingP75Seconds',
      'SignDecision,3,1,2,9,1,9,3.333,1,9,,,,,,,',
      '',
    ]);
  });

  it('has the columns of the dimensions asked for, under translated headings', () => {
    const csv = stepMeasuresCsv([{ ...measure, body: null, province: '01.151' }], { flowNode: 'المرحلة' });
    expect(csv.split('\r\n')[0]).to.match(/^\ufeffالمرحلة,body,province,finished,/);
    expect(csv.split('\r\n')[1]).to.match(/^SignDecision,,01\.151,3,/);
  });
});
