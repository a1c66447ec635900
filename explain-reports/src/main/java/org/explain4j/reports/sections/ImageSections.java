package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Group;
import org.explain4j.network.numpy.NumpyArray;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.pictures.Picture;
import org.explain4j.reports.runs.EstimatorMap;
import org.explain4j.reports.runs.ExplainedImage;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;

/** Explanations as pictures: under all estimators (Fig. 4b) and by all methods (Fig. 5). */
public final class ImageSections {
  private static final int ROWS = 8;
  private static final int ESTIMATOR_ROWS = 3;

  /** Values that the pictures of one figure may hold: keeps the page below a few megabytes. */
  private static final double VALUES = 2e6;

  private static final int LARGEST = 128;
  private static final int SMALLEST = 48;
  private static final int COARSE = 72;
  private static final String HEAT_MAPS =
      "heat maps: sum over channels, divided by the largest absolute value of the map; vermillion"
          + " positive, white zero, blue negative";

  private final RunDirectory run;
  private final List<ExplainedImage> images;

  private ImageSections(RunDirectory run, List<ExplainedImage> images) {
    this.run = run;
    this.images = images;
  }

  /** A column of pictures: which file, how shown. */
  private record Column(String label, boolean signal) {}

  /**
   * @throws IOException if a file is damaged
   */
  public static List<Section> of(RunDirectory run) throws IOException {
    List<ExplainedImage> images = run.images();
    if (images.isEmpty() || !run.has("images.npy")) {
      return List.of();
    }
    ImageSections sections = new ImageSections(run, images);
    if (run.array("images.npy").shape().size() != 4) {
      return List.of();
    }
    List<Section> list = new ArrayList<>();
    sections.estimators().ifPresent(list::add);
    sections.methods().ifPresent(list::add);
    return list;
  }

  private Optional<Section> estimators() throws IOException {
    List<EstimatorMap> maps = run.rows(RunTable.ESTIMATOR_MAPS);
    if (maps.isEmpty()) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    for (EstimatorMap map : maps) {
      columns.add(new Column(map.explainer(), false));
      titles.add(map.estimator());
    }
    Block grid =
        grid(
            List.of(new Block.GridGroup("signal estimators", titles)),
            columns,
            Math.min(ESTIMATOR_ROWS, limit()),
            "The same image under each signal estimator; " + HEAT_MAPS + ".");
    return Optional.of(
        new Section("estimator-maps", "One image under all estimators (Fig. 4b)", List.of(grid)));
  }

  private Optional<Section> methods() throws IOException {
    List<Sheet> sheets = new ArrayList<>();
    for (Map.Entry<Group, List<String>> group : Methods.of(run).groups().entrySet()) {
      List<String> labels = group.getValue();
      for (int from = 0, to; from < labels.size(); from = to) {
        if (sheets.isEmpty() || sheets.get(sheets.size() - 1).room() == 0) {
          sheets.add(new Sheet(new ArrayList<>(), new ArrayList<>()));
        }
        Sheet sheet = sheets.get(sheets.size() - 1);
        to = Math.min(labels.size(), from + sheet.room());
        sheet.add(group.getKey(), labels.subList(from, to));
      }
    }
    if (sheets.isEmpty()) {
      return Optional.empty();
    }
    String caption =
        "Signals keep their colour channels and are shown as x / (2 max|x|) + 1/2, grey being zero;"
            + " functions and attributions are "
            + HEAT_MAPS
            + ". Each picture has a scale of its own: compare patterns, not strengths, and only"
            + " within a group.";
    List<Block> grids = new ArrayList<>();
    for (Sheet sheet : sheets) {
      boolean last = grids.size() == sheets.size() - 1;
      grids.add(
          grid(sheet.groups(), sheet.columns(), limit(), last ? caption : "Continued below."));
    }
    return Optional.of(new Section("images", "Explanations (Fig. 5)", grids));
  }

  /** As many methods as fit side by side on a page; the others go on below, in the same order. */
  private record Sheet(List<Block.GridGroup> groups, List<Column> columns) {
    private static final int WIDTH = 9;

    int room() {
      return WIDTH - columns.size();
    }

    void add(Group group, List<String> labels) {
      groups.add(new Block.GridGroup(Methods.name(group), labels));
      labels.forEach(label -> columns.add(new Column(label, group == Group.SIGNAL)));
    }
  }

  /** As many images as the experiment asks for. */
  private int limit() throws IOException {
    return run.document("effective.yaml").get("report") instanceof Map<?, ?> report
            && report.get("images") instanceof Integer images
        ? Math.max(1, images)
        : ROWS;
  }

  private Block grid(List<Block.GridGroup> groups, List<Column> columns, int limit, String caption)
      throws IOException {
    NumpyArray pixels = run.array("images.npy");
    int count = Math.min(Math.min(limit, pixels.rows()), images.size());
    int full = (int) Math.max(pixels.shape().get(2), pixels.shape().get(3));
    int side = Math.min(full, side(count, pixels.shape().get(1).intValue(), columns));
    Map<Column, Optional<NumpyArray>> attributions = new LinkedHashMap<>();
    for (Column column : columns) {
      attributions.put(column, attributions(column.label(), pixels.shape()));
    }
    List<Block.GridRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ExplainedImage image = images.get(i);
      List<Block.Cell> cells = new ArrayList<>();
      String name = image.name();
      cells.add(new Block.Cell(picture(pixels, i).atMost(side).pixels(), name));
      for (Column column : columns) {
        cells.add(cell(column, attributions.get(column), i, side, name));
      }
      rows.add(new Block.GridRow(name, details(image), cells));
    }
    String shown =
        String.format(
            Locale.ROOT,
            " Shown: the first %d of %d images%s.",
            count,
            images.size(),
            side < full ? ", averaged over blocks of pixels to at most " + side + " a side" : "");
    return new Block.Grid(groups, rows, side <= COARSE, false, caption + shown);
  }

  private static int side(int rows, int channels, List<Column> columns) {
    double perRow = channels;
    for (Column column : columns) {
      perRow += column.signal() ? channels : 1;
    }
    int fitting = (int) Math.sqrt(VALUES / (rows * perRow));
    return Math.max(SMALLEST, Math.min(LARGEST, fitting));
  }

  private Optional<NumpyArray> attributions(String label, List<Long> shape) throws IOException {
    String file = "attributions/" + label + ".npy";
    if (!run.has(file)) {
      return Optional.empty();
    }
    NumpyArray array = run.array(file);
    if (!array.shape().equals(shape)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: shape %s, but the images have %s.",
              run.path().resolve(file),
              array.shape(),
              shape));
    }
    return Optional.of(array);
  }

  private static Block.Cell cell(
      Column column, Optional<NumpyArray> attributions, int row, int side, String name)
      throws IOException {
    if (attributions.isEmpty()) {
      return new Block.Cell("", Numbers.MISSING);
    }
    Picture picture = picture(attributions.get(), row);
    String image = column.signal() ? picture.atMost(side).signal() : picture.atMost(side).heatMap();
    int unusable = picture.unusable();
    String warning = unusable == 0 ? "" : ": " + unusable + " values are NaN or infinite";
    return new Block.Cell(image, column.label() + " of " + name + warning);
  }

  private static Picture picture(NumpyArray array, int row) throws IOException {
    double[] values = array.read(row);
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    List<Long> shape = array.shape();
    return new Picture(
        shape.get(1).intValue(), shape.get(2).intValue(), shape.get(3).intValue(), floats);
  }

  private static List<String> details(ExplainedImage image) {
    List<String> details = new ArrayList<>();
    details.add("true: " + name(image.labelName(), image.label()));
    details.add(
        "predicted: "
            + name(image.predictedName(), image.predicted())
            + " ("
            + Numbers.percent(image.confidence())
            + ")");
    if (image.explained() != image.predicted()) {
      details.add("explained: " + name(image.explainedName(), image.explained()));
    }
    return details;
  }

  private static String name(String name, long index) {
    return name.isEmpty() ? Long.toString(index) : name;
  }
}
