package shubbak.peers;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;

/** An engine that is open on a pool of connections, with the diagrams of all measures deployed. */
record Stage(Engine engine, HikariDataSource pool) implements AutoCloseable {
  private static final Path DIAGRAMS = Path.of(System.getenv("DIAGRAMS"));

  static Stage open(Engine engine, HikariDataSource pool) throws Exception {
    engine.open(pool);
    for (String index : engine.indexes()) Database.execute(pool, index);
    for (String diagram : new String[] {"seq10", "permit"}) {
      String xml = Diagram.read(DIAGRAMS.resolve(diagram + ".bpmn"), engine);
      engine.deploy(diagram + ".bpmn20.xml", xml);
    }
    return new Stage(engine, pool);
  }

  @Override
  public void close() {
    engine.close();
    pool.close();
  }
}
