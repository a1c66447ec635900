package org.explain4j.spark;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Progress: a line for each tenth of a stage's tasks. */
final class TaskProgress extends SparkListener {
  /** The call site of a stage that is not worth a line. */
  static final String SILENT = "";

  private final PrintStream lines;
  private final Map<Integer, Stage> stages = new HashMap<>();

  /** A stage that runs. */
  private static final class Stage {
    private final String name;
    private final int tasks;
    private final long begun = System.nanoTime();
    private int done;

    Stage(String name, int tasks) {
      this.name = name;
      this.tasks = tasks;
    }
  }

  TaskProgress(PrintStream lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    String name = submitted.stageInfo().name();
    int tasks = submitted.stageInfo().numTasks();
    if (!name.equals(SILENT)) {
      stages.put(submitted.stageInfo().stageId(), new Stage(name, tasks));
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    Stage stage = stages.get(end.stageId());
    if (stage == null || !end.taskInfo().successful()) {
      return;
    }
    stage.done++;
    if (stage.done * 10L / stage.tasks > (stage.done - 1) * 10L / stage.tasks) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - stage.begun);
      lines.printf(
          Locale.ROOT, "%s: %d of %d tasks, %,d s%n", stage.name, stage.done, stage.tasks, seconds);
    }
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted completed) {
    stages.remove(completed.stageInfo().stageId());
  }
}
