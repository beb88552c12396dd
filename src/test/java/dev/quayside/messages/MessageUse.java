package dev.quayside.messages;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads from class files which message keys the product asks for. A key is a constant, or a
 * concatenation such as {@code "state." + name}, which becomes a pattern; keys that come from
 * elsewhere count as used if the same text is a constant anywhere in the product.
 */
final class MessageUse {

  private static final String MESSAGES = "dev/quayside/common/Messages";

  /** A concatenation with fewer letters of its own could be any text. */
  private static final int LEAST_LETTERS = 3;

  private static final String VARIABLE_ARGUMENTS = "[Ljava/lang/Object;)";

  /**
   * One call that asks for a text.
   *
   * @param place class and method
   * @param nest the outermost class of the place
   * @param key the pattern of the key
   */
  record Call(String place, String nest, Pattern key) {}

  private final List<Call> calls = new ArrayList<>();
  private final Map<String, Set<String>> areasOfNest = new HashMap<>();
  private final Set<String> constants = new HashSet<>();
  private final Set<Pattern> concatenations = new HashSet<>();

  /** Reads all class files below {@code folder}. */
  static MessageUse of(Path folder) throws IOException {
    MessageUse use = new MessageUse();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).sorted().toList()) {
        use.read(ClassFile.of().parse(file));
      }
    }
    return use;
  }

  List<Call> calls() {
    return calls;
  }

  /** Returns the bundles that the outermost class opens itself; empty if it is handed one. */
  Set<String> areas(String nest) {
    return areasOfNest.getOrDefault(nest, Set.of());
  }

  /** Returns true if {@code key} can be asked for somewhere in the product. */
  boolean uses(String key) {
    return constants.contains(key)
        || concatenations.stream().anyMatch(pattern -> pattern.matcher(key).matches());
  }

  private void read(ClassModel type) {
    for (var entry : type.constantPool()) {
      if (entry instanceof StringEntry text) {
        constants.add(text.stringValue());
      }
    }
    for (MethodModel method : type.methods()) {
      method.code().ifPresent(code -> read(type, method, code.elementList()));
    }
  }

  private void read(ClassModel type, MethodModel method, List<CodeElement> elements) {
    String name = type.thisClass().asInternalName().replace('/', '.');
    String nest = name.split("\\$", 2)[0];
    Deque<Key> pending = new ArrayDeque<>();
    Key last = Key.UNKNOWN;
    for (CodeElement element : elements) {
      switch (element) {
        case ConstantInstruction constant when constant.constantValue() instanceof String text ->
            last = new Key(Pattern.compile(Pattern.quote(text)), text);
        case InvokeDynamicInstruction concatenation -> last = concatenated(concatenation);
        case NewReferenceArrayInstruction array
            when array.componentType().asInternalName().equals("java/lang/Object") ->
            pending.push(last);
        case InvokeInstruction call when isMessages(call, "of") -> addArea(nest, last);
        case InvokeInstruction call when takesVariableArguments(call) && !pending.isEmpty() -> {
          Key key = pending.pop();
          if (isMessages(call, "get") && key.pattern() != null) {
            calls.add(
                new Call(name + "." + method.methodName().stringValue(), nest, key.pattern()));
          }
          last = Key.UNKNOWN;
        }
        case InvokeInstruction _ -> last = Key.UNKNOWN;
        default -> {
          // Loads, stores and jumps between a key and its call change nothing.
        }
      }
    }
  }

  private record Key(@Nullable Pattern pattern, @Nullable String text) {
    static final Key UNKNOWN = new Key(null, null);
  }

  private Key concatenated(InvokeDynamicInstruction instruction) {
    if (!instruction.name().equalsString("makeConcatWithConstants")
        || instruction.bootstrapArgs().isEmpty()
        || !(instruction.bootstrapArgs().getFirst() instanceof String recipe)) {
      return Key.UNKNOWN;
    }
    Pattern pattern =
        Pattern.compile(
            Stream.of(recipe.split("[\u0001\u0002]", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[A-Za-z0-9_.-]+")));
    if (recipe.replaceAll("[^A-Za-z]", "").length() >= LEAST_LETTERS) {
      concatenations.add(pattern);
    }
    return new Key(pattern, null);
  }

  private void addArea(String nest, Key area) {
    if (area.text() != null) {
      areasOfNest.computeIfAbsent(nest, _ -> new TreeSet<>()).add(area.text());
    }
  }

  private static boolean isMessages(InvokeInstruction call, String method) {
    return call.owner().asInternalName().equals(MESSAGES) && call.name().equalsString(method);
  }

  private static boolean takesVariableArguments(InvokeInstruction call) {
    return call.type().stringValue().contains(VARIABLE_ARGUMENTS);
  }
}
