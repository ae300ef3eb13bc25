package shubbak.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * The tasks that wait in the instance that a client runs: told by the engine while it creates them, on the client's
 * thread, so that no query is needed to find them.
 */
public final class OpenTasks {
  private static final ThreadLocal<List<OpenTask>> WAITING = ThreadLocal.withInitial(ArrayList::new);

  private OpenTasks() {}

  public static void opened(String id, String activity) {
    WAITING.get().add(new OpenTask(id, activity));
  }

  static int count() {
    return WAITING.get().size();
  }

  static OpenTask take(int index) {
    return WAITING.get().remove(index);
  }

  static void forget() {
    WAITING.get().clear();
  }
}
