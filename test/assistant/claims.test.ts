import { describe, expect, it } from 'vitest';
import { readAnswer, readText } from '../../src/assistant/claims.ts';

describe('the arguments of give_answer', () => {
  it('are claims with their evidence', () => {
    const args = JSON.stringify({ claims: [{ text: ' It fails. ', evidence: ['R1'] }], next: 'Look.' });

    expect(readAnswer(args)).toEqual({ answer: { claims: [{ text: 'It fails.', evidence: ['R1'] }], next: 'Look.' } });
  });

  it.each(['', '{', '[]', '"x"', '{"claims":[{"text":5}]}', `{"claims":[{"text":"${'x'.repeat(5_000)}"}]}`])(
    'that are none say why: %.30s',
    (args) => {
      expect(readAnswer(args)).toMatchObject({ problem: expect.any(String) as string });
    },
  );
});

describe('a model that writes text', () => {
  it('is read by sentences that cite ids', () => {
    expect(readText('- It fails since Monday [R1].\n- The log says so [R1.E2][R1.E3].')).toEqual({
      claims: [
        { text: 'It fails since Monday.', evidence: ['R1'] },
        { text: 'The log says so.', evidence: ['R1.E2', 'R1.E3'] },
      ],
    });
  });

  it('may have put JSON into it', () => {
    expect(readText('Here you are: {"claims":[{"text":"It fails.","evidence":["R1"]}]} bye')).toEqual({
      claims: [{ text: 'It fails.', evidence: ['R1'] }],
    });
  });
});
