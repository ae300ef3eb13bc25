package shubbak.peers;

import java.util.Map;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.delegate.TaskListener;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.task.service.delegate.DelegateTask;

/** Flowable. */
public final class FlowableEngine implements Engine {
  private ProcessEngine engine;

  public static void main(String[] measures) {
    Contest.run(new FlowableEngine(), measures);
  }

  @Override
  public String name() {
    return "flowable";
  }

  @Override
  public String version() {
    return ProcessEngine.VERSION;
  }

  @Override
  public void open(DataSource database) {
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(database);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setHistoryLevel(HistoryLevel.AUDIT);
    configuration.setAsyncExecutorActivate(false);
    configuration.setDisableIdmEngine(true);
    configuration.setDisableEventRegistry(true);
    // Numbers would be taken from the database in blocks.
    configuration.setIdGenerator(new StrongUuidGenerator());
    engine = configuration.buildProcessEngine();
  }

  @Override
  public String extensions() {
    return "http://flowable.org/bpmn";
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
    private static final long serialVersionUID = 1L;

    @Override
    public void notify(DelegateTask task) {
      OpenTasks.opened(task.getId(), task.getTaskDefinitionKey());
    }
  }
}
