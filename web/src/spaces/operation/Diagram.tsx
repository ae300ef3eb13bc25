import { useQuery } from '@tanstack/react-query';
import { rawFetch } from '../../api/client.ts';
import { refusalOf } from '../../api/problem.ts';
import { type DiagramMark, DiagramView } from '../../bpmn/DiagramView.tsx';
import { Loading } from '../../components/Loading.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';

/** The diagram of one version of a procedure, with marks on it. */
export function Diagram({
  procedure,
  version,
  label,
  marks,
  focus,
}: {
  procedure: string;
  version: string | null;
  label: string;
  marks: DiagramMark[];
  focus?: string;
}) {
  const diagram = useQuery({
    queryKey: ['diagram', procedure, version],
    staleTime: Number.POSITIVE_INFINITY,
    enabled: version !== null,
    queryFn: async () => {
      const response = await rawFetch(`/procedures/${procedure}/diagram?version=${version}`);
      if (!response.ok) throw await refusalOf(response);
      return response.text();
    },
  });
  if (diagram.error !== null) return <ProblemNotice error={diagram.error} />;
  if (diagram.data === undefined) return <Loading rows={6} />;
  return <DiagramView xml={diagram.data} label={label} marks={marks} focus={focus} />;
}
