package shubbak.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Some who use an engine at once, each with one instance after the other. */
final class Clients implements AutoCloseable {
  /** Milliseconds between two looks at the processor: looking costs some of it. */
  private static final long LOOK = 200;

  private final Engine engine;
  private final Database database;
  private final List<Work> works = new ArrayList<>();
  private final ExecutorService threads;
  private volatile boolean isOver;

  Clients(int count, String measure, Engine engine, Database database) {
    this.engine = engine;
    this.database = database;
    threads = Executors.newFixedThreadPool(count);
    for (int i = 0; i < count; i++) works.add(Work.of(measure, i));
  }

  /** Has them work until so many seconds of processor time are used, or of the clock have passed. */
  Round work(double cpu, double clock) {
    Processor before = Processor.used(database.postmaster());
    long begun = System.nanoTime();
    isOver = false;
    List<Future<Round>> working = new ArrayList<>();
    for (Work work : works) working.add(threads.submit(() -> untilOver(work)));
    try {
      while (Processor.used(database.postmaster()).since(before).total() < cpu
          && System.nanoTime() - begun < clock * 1e9) {
        Thread.sleep(LOOK);
      }
      isOver = true;
      Round all = Round.NONE;
      for (Future<Round> one : working) all = all.and(one.get());
      double wall = (System.nanoTime() - begun) / 1e9;
      return new Round(all.instances(), all.steps(), Processor.used(database.postmaster()).since(before), wall);
    } catch (InterruptedException | ExecutionException error) {
      throw new IllegalStateException(error);
    }
  }

  /** Counts what one of them does. */
  private Round untilOver(Work work) {
    int instances = 0;
    int steps = 0;
    for (; !isOver; instances++) steps += work.runInstance(engine);
    return new Round(instances, steps, Processor.NONE, 0);
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
