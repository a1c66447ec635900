package org.explain4j.experiments.results;

import static org.mockito.Mockito.mock;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.mockito.invocation.InvocationOnMock;

/**
 * A folder on a disk that fails at a chosen step. It knows what a power cut may leave behind: a
 * name is sure to last only once its folder was forced, a file's bytes only once the file was.
 */
final class FragileDisk {
  private static final String NO_PROCESS = Long.MAX_VALUE / 10 + "-";

  private final Path real;
  private final FileSystem system = mock(FileSystem.class, this::ofSystem);
  private final FileSystemProvider provider = mock(FileSystemProvider.class, this::ofProvider);
  private final Map<Path, Inode> names = new TreeMap<>();
  private final Map<Path, Inode> lasting = new TreeMap<>();
  private Fault fault = Fault.NONE;
  private int steps;
  private int last;

  /** How the disk fails. */
  enum Fault {
    NONE,
    /** Nothing works from the step on. */
    POWER_CUT,
    /** Nothing more can be written, but files can be removed. */
    FULL
  }

  /** What the disk kept of what was not forced. */
  enum Kept {
    NOTHING,
    NAMES_WITHOUT_BYTES,
    EVERYTHING
  }

  /** A file or folder. */
  private static final class Inode {
    private final boolean folder;
    private byte[] forced = {};

    Inode(boolean folder) {
      this.folder = folder;
    }
  }

  /**
   * @param real an existing folder, whose content lasts
   */
  FragileDisk(Path real) throws IOException {
    this.real = real;
    try (var files = Files.walk(real)) {
      for (Path file : files.filter(f -> !f.equals(real)).toList()) {
        Inode inode = new Inode(Files.isDirectory(file));
        inode.forced = inode.folder ? inode.forced : Files.readAllBytes(file);
        names.put(file, inode);
      }
    }
    lasting.putAll(names);
  }

  /** The folder, on this disk. */
  Path root() {
    return wrap(real);
  }

  /** Lets the disk fail after some steps. */
  void failAfter(int number, Fault how) {
    fault = how;
    last = number;
  }

  /** How many steps there were: folders and files made, writes, forces, moves and removals. */
  int steps() {
    return steps;
  }

  /** Lays out in another folder what is found when power is back; this process is gone then. */
  void restart(Kept kept, Path into) throws IOException {
    Map<Path, Inode> found = kept == Kept.NOTHING ? lasting : names;
    Files.createDirectories(into);
    for (Map.Entry<Path, Inode> entry : found.entrySet()) { // folders before what is in them
      String name = real.relativize(entry.getKey()).toString();
      Path to = into.resolve(name.replace(ProcessHandle.current().pid() + "-", NO_PROCESS));
      if (!Files.isDirectory(to.getParent())) {
        continue;
      }
      if (entry.getValue().folder) {
        Files.createDirectory(to);
      } else {
        boolean all = kept == Kept.EVERYTHING;
        Files.write(to, all ? Files.readAllBytes(entry.getKey()) : entry.getValue().forced);
      }
    }
  }

  private void step(boolean writes) throws IOException {
    if (steps >= last && (fault == Fault.POWER_CUT || (fault == Fault.FULL && writes))) {
      String reason = fault == Fault.FULL ? "No space left on device" : "power cut";
      throw new FileSystemException(real.toString(), null, reason);
    }
    steps++;
  }

  /** A path on this disk. */
  private final class OnDisk implements InvocationHandler {
    private final Path path;

    OnDisk(Path path) {
      this.path = path;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      return method.getName().equals("getFileSystem")
          ? system
          : delegate(path, method, arguments == null ? new Object[0] : arguments);
    }
  }

  private Path wrap(Path path) {
    Class<?>[] type = {Path.class};
    return (Path) Proxy.newProxyInstance(Path.class.getClassLoader(), type, new OnDisk(path));
  }

  private static Object unwrapped(Object value) {
    return value instanceof Proxy && Proxy.getInvocationHandler(value) instanceof OnDisk onDisk
        ? onDisk.path
        : value;
  }

  private Object delegate(Object target, Method method, Object... arguments) throws Throwable {
    Object[] real = Arrays.stream(arguments).map(FragileDisk::unwrapped).toArray();
    try {
      Object result = method.invoke(target, real);
      return result instanceof Path path ? wrap(path) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Object ofSystem(InvocationOnMock call) throws Throwable {
    return call.getMethod().getName().equals("provider")
        ? provider
        : delegate(real.getFileSystem(), call.getMethod(), call.getRawArguments());
  }

  private Object ofProvider(InvocationOnMock call) throws Throwable {
    Object[] arguments = call.getRawArguments();
    Path path = arguments[0] instanceof Path first ? (Path) unwrapped(first) : null;
    String name = call.getMethod().getName();
    boolean removes = name.startsWith("delete");
    if (removes || name.equals("move") || name.equals("createDirectory")) {
      step(!removes);
    }
    Object result = delegate(real.getFileSystem().provider(), call.getMethod(), arguments);
    switch (name) {
      case "createDirectory" -> names.put(path, new Inode(true));
      case "delete", "deleteIfExists" -> names.remove(path);
      case "move" -> names.put((Path) unwrapped(arguments[1]), names.remove(path));
      default -> {}
    }
    return switch (name) {
      case "newOutputStream" -> writing(path, (OutputStream) result);
      case "newFileChannel" -> forcing(path, (FileChannel) result);
      case "newDirectoryStream" -> listing((DirectoryStream<?>) result);
      default -> result;
    };
  }

  private OutputStream writing(Path path, OutputStream out) throws IOException {
    step(true);
    names.put(path, new Inode(false));
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        step(true);
        out.write(bytes, from, length);
      }
    };
  }

  private FileChannel forcing(Path path, FileChannel channel) {
    return mock(
        FileChannel.class,
        call -> {
          if (call.getMethod().getName().equals("force")) {
            step(true);
            force(path);
            return null; // the real disk need not hurry
          }
          return delegate(channel, call.getMethod(), call.getRawArguments());
        });
  }

  private void force(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      lasting.keySet().removeIf(each -> path.equals(each.getParent()));
      names.forEach(
          (each, inode) -> {
            if (path.equals(each.getParent())) {
              lasting.put(each, inode);
            }
          });
    } else if (names.containsKey(path)) {
      names.get(path).forced = Files.readAllBytes(path);
    }
  }

  private DirectoryStream<Path> listing(DirectoryStream<?> real) {
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<?> paths = real.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return paths.hasNext();
          }

          @Override
          public Path next() {
            return wrap((Path) paths.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }
}
