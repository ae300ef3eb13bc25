package shubbak.peers;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures one engine and prints a line of JSON for each figure; how fast its rounds are goes to stderr. */
public final class Contest {
  /** Open instances that lie in the tables meanwhile, so that the planner sees tables in use. */
  private static final int OPEN_INSTANCES = 2_000;

  /** How many use the engine at once: enough to share commits, more were slower; or one. Several warm it up sooner. */
  private static final int[] CLIENTS = {4, 1};

  /** Seconds of processor time, and at most of the clock, that a round takes. */
  private static final double ROUND = 5;
  private static final double ROUND_CLOCK = 7;

  private static final int MEASURED_ROUNDS = 2;

  /** What one figure has warmed up serves the next ones too. */
  private static final WarmUp FIRST = new WarmUp(6, 9, 45);
  private static final WarmUp NEXT_MEASURE = new WarmUp(2, 3, 14);
  private static final WarmUp NEXT_CLIENTS = new WarmUp(1, 1, 7);

  /** Instances whose round trips are counted, after as many that are not. */
  private static final int COUNTED = 30;

  private final Engine engine;
  private final Database database;
  private final List<Figures> all = new ArrayList<>();

  private Contest(Engine engine, Database database) {
    this.engine = engine;
    this.database = database;
  }

  /** Measures what the arguments name, and ends the program: threads that an engine leaves behind do not keep it. */
  public static void run(Engine engine, String[] measures) {
    try {
      print(engine, measures);
      System.exit(0);
    } catch (Exception error) {
      error.printStackTrace();
      System.exit(1);
    }
  }

  private static void print(Engine engine, String[] measures) throws Exception {
    PrintStream answer = System.out;
    // Whatever the libraries have to say, stdout is for the figures.
    System.setOut(System.err);
    Thread watch = new Thread(Contest::endWithInput);
    watch.setDaemon(true);
    watch.start();
    Contest contest = new Contest(engine, Database.fromEnvironment());
    contest.measure(measures);
    Map<String, Double> roundTrips = contest.roundTripsPerStep(measures);
    for (Figures figures : contest.all) answer.println(figures.json(engine, roundTrips.get(figures.measure())));
  }

  /** Ends when the benchmark does, however that comes about: it holds the other end of standard input. */
  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) continue;
    } catch (IOException error) {
      // As good as its end.
    }
    Runtime.getRuntime().halt(1);
  }

  private void measure(String[] measures) throws Exception {
    try (Stage stage = Stage.open(engine, database.pool())) {
      for (int i = 0; i < OPEN_INSTANCES; i++) Sequence.begin(engine);
      Database.execute(stage.pool(), "analyze");
      for (String measure : measures) {
        for (int count : CLIENTS) measure(measure, count, stage);
      }
      long open = engine.openInstances();
      if (open != OPEN_INSTANCES) throw new IllegalStateException(open + " instances are open");
    }
  }

  private void measure(String measure, int count, Stage stage) throws Exception {
    WarmUp warmUp = all.isEmpty() ? FIRST : count == CLIENTS[0] ? NEXT_MEASURE : NEXT_CLIENTS;
    try (Clients clients = new Clients(count, measure, engine, database)) {
      System.err.printf("%s, clients %d: warms up", measure, count);
      warmUp.run(() -> round(clients));
      System.err.print(", measured");
      long before = Database.fsyncs(stage.pool());
      Round measured = round(clients);
      for (int i = 1; i < MEASURED_ROUNDS; i++) measured = measured.and(round(clients));
      all.add(new Figures(measure, count, measured, Database.fsyncs(stage.pool()) - before));
      System.err.println();
    }
  }

  private static Round round(Clients clients) {
    Round round = clients.work(ROUND, ROUND_CLOCK);
    System.err.printf(Locale.ROOT, " %.1f", round.rate());
    return round;
  }

  /** Counted apart, so that counting costs nothing while the processor is measured. */
  private Map<String, Double> roundTripsPerStep(String[] measures) throws Exception {
    Map<String, Double> counted = new HashMap<>();
    try (Stage stage = Stage.open(engine, database.countedPool())) {
      for (String measure : measures) {
        Work work = Work.of(measure, 0);
        for (int i = 0; i < COUNTED; i++) work.runInstance(engine);
        long before = CountingSockets.roundTrips();
        int steps = 0;
        for (int i = 0; i < COUNTED; i++) steps += work.runInstance(engine);
        counted.put(measure, (double) (CountingSockets.roundTrips() - before) / steps);
      }
    }
    return counted;
  }
}
