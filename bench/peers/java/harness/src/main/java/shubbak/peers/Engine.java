package shubbak.peers;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** A process engine embedded in this JVM: the few of its calls that a step needs. */
public interface Engine extends AutoCloseable {
  String name();

  String version();

  /** Starts the engine, tuned in its favour, on a database that it may fill with its tables. */
  void open(DataSource database);

  /** Statements that make what its tables lack for this use, once it is open. */
  default List<String> indexes() {
    return List.of();
  }

  /** The XML namespace in which a diagram names the engine's task listeners. */
  String extensions();

  /** The listener that hands each new task to {@link OpenTasks}. */
  Class<?> taskListener();

  void deploy(String resource, String xml);

  /** Starts an instance and commits. */
  void start(String process, Map<String, Object> variables);

  /** Completes a task and commits. */
  void complete(String task, Map<String, Object> variables);

  /** How many instances have not ended. */
  long openInstances();

  @Override
  void close();
}
