package io.tenantpulse.bench.oracle;

import io.tenantpulse.bench.oracle.surge.SurgeHistory;
import io.tenantpulse.bench.oracle.surge.SurgeSubject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Loads the detector once more, with some of its sources changed and compiled anew. */
final class WrongClasses extends ClassLoader {
    private static final Path SOURCES = Path.of("../streams-app/src/main/java/io/tenantpulse");
    /** What knows the detector, and so must be there once more for each; without a detector in it a package is shared. */
    private static final List<String> OWN = List.of("detect", "topology", "config", "trends");

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** One for all: each would read the whole class path anew. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private final Map<String, byte[]> compiled;

    private WrongClasses(Map<String, byte[]> compiled) {
        super(WrongClasses.class.getClassLoader());
        this.compiled = compiled;
    }

    /** Makes detectors that are wrong as told; without edits they are right. */
    static Subject.Maker of(WrongDetector wrong) {
        Constructor<?> rig = constructor(wrong, "OracleRig", RuleTable.class);
        return rules -> (Subject) make(rig, rules);
    }

    /** Makes judges of surges that are wrong as told. */
    static SurgeSubject.Maker judgesOfSurges(WrongDetector wrong) {
        Constructor<?> rig = constructor(wrong, "SurgeRig", SurgeHistory.class);
        return history -> (SurgeSubject) make(rig, history);
    }

    /** Makes right judges of surges behind mergers that are wrong as told. */
    static SurgeSubject.Maker mergers(WrongDetector wrong) {
        Constructor<?> rig = constructor(wrong, "MergedSurgeRig", SurgeHistory.class);
        return history -> (SurgeSubject) make(rig, history);
    }

    private static Constructor<?> constructor(WrongDetector wrong, String rig, Class<?> argument) {
        try {
            WrongClasses loader = new WrongClasses(compile(sources(wrong.edits())));
            return loader.loadClass("io.tenantpulse.topology." + rig).getConstructor(argument);
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException("cannot load " + wrong.what(), e);
        }
    }

    private static Object make(Constructor<?> rig, Object argument) {
        try {
            return rig.newInstance(argument);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a detector", e);
        }
    }

    private static Map<String, String> sources(List<WrongDetector.Edit> edits) throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (WrongDetector.Edit edit : edits) {
            String source = sources.containsKey(edit.file())
                    ? sources.get(edit.file())
                    : Files.readString(SOURCES.resolve(edit.file()));
            // The formatter breaks lines as it likes.
            String changed =
                    source.replaceAll(pattern(edit.right()), java.util.regex.Matcher.quoteReplacement(edit.wrong()));
            if (changed.equals(source)) {
                throw new IllegalStateException(
                        edit.file() + " does not say any more: " + edit.right() + "; say what would be wrong now");
            }
            sources.put(edit.file(), changed);
        }
        return sources;
    }

    private static String pattern(String words) {
        List<String> quoted = new ArrayList<>();
        for (String word : words.trim().split("\\s+")) {
            quoted.add(java.util.regex.Pattern.quote(word));
        }
        return String.join("\\s+", quoted);
    }

    private static Map<String, byte[]> compile(Map<String, String> sources) throws IOException {
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        if (sources.isEmpty()) {
            return Map.of();
        }
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((file, source) -> units.add(new Source(file, source)));
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<String> options = List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
        if (!COMPILER.getTask(null, new Classes(FILES, classes), said, options, null, units)
                .call()) {
            throw new IllegalStateException("the wrong detector does not compile: " + said.getDiagnostics());
        }
        Map<String, byte[]> bytes = new HashMap<>();
        classes.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
        return bytes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return OWN.stream().anyMatch(each -> name.startsWith("io.tenantpulse." + each + "."))
                    ? define(name)
                    : super.loadClass(name, resolve);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = compiled.get(name);
            if (bytes == null) {
                try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    if (in == null) {
                        throw new ClassNotFoundException(name);
                    }
                    bytes = in.readAllBytes();
                }
            }
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read class " + name, e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("string:///io/tenantpulse/" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        Classes(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("bytes:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    classes.put(name, bytes);
                    return bytes;
                }
            };
        }
    }
}
