import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { onceKey } from '../../api/client.ts';

/** Sends an intervention once, however often it is pressed: the same wish goes under the same key. */
export function useIntervention<Wish>(send: (wish: Wish, header: Key) => Promise<unknown>, done: () => void) {
  const client = useQueryClient();
  const key = useRef({ text: '', value: '' });
  return useMutation({
    mutationFn: (wish: Wish) => {
      const text = JSON.stringify(wish);
      if (key.current.text !== text) key.current = { text, value: onceKey() };
      return send(wish, { 'Idempotency-Key': key.current.value });
    },
    onSuccess: async () => {
      key.current = { text: '', value: '' };
      done();
      await client.invalidateQueries();
    },
  });
}

interface Key {
  'Idempotency-Key': string;
}
