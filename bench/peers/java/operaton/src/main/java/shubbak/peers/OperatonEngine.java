package shubbak.peers;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.delegate.DelegateTask;
import org.operaton.bpm.engine.delegate.TaskListener;
import org.operaton.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.persistence.StrongUuidGenerator;

/** Operaton, the engine that Camunda 7 became. */
public final class OperatonEngine implements Engine {
  private ProcessEngine engine;

  public static void main(String[] measures) {
    Contest.run(new OperatonEngine(), measures);
  }

  @Override
  public String name() {
    return "operaton";
  }

  @Override
  public String version() {
    return ProcessEngine.class.getPackage().getImplementationVersion();
  }

  @Override
  public void open(DataSource database) {
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(database);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setHistory("audit");
    configuration.setEnforceHistoryTimeToLive(false);
    configuration.setJobExecutorActivate(false);
    configuration.setMetricsEnabled(false);
    configuration.setTaskMetricsEnabled(false);
    // Numbers would be taken from the database in blocks.
    configuration.setIdGenerator(new StrongUuidGenerator());
    engine = configuration.buildProcessEngine();
  }

  /** At each completion it looks for sub-tasks, and reads all tasks that are open to find none. */
  @Override
  public List<String> indexes() {
    return List.of(
        "create index if not exists subtasks on act_ru_task (parent_task_id_) where parent_task_id_ is not null");
  }

  @Override
  public String extensions() {
    return "http://operaton.org/schema/1.0/bpmn";
  }

  @Override
  public Class<?> taskListener() {
    return Teller.class;
  }

  @Override
  public void deploy(String resource, String xml) {
    engine.getRepositoryService().createDeployment().addString(resource, xml).deploy();
  }

  @Override
  public void start(String process, Map<String, Object> variables) {
    engine.getRuntimeService().startProcessInstanceByKey(process, variables);
  }

  @Override
  public void complete(String task, Map<String, Object> variables) {
    engine.getTaskService().complete(task, variables);
  }

  @Override
  public long openInstances() {
    return engine.getRuntimeService().createProcessInstanceQuery().count();
  }

  @Override
  public void close() {
    engine.close();
  }

  /** Tells each new task. The engine makes it by its name. */
  public static final class Teller implements TaskListener {
    @Override
    public void notify(DelegateTask task) {
      OpenTasks.opened(task.getId(), task.getTaskDefinitionKey());
    }
  }
}
