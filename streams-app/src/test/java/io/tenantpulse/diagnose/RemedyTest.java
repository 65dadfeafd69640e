package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.ObjectId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemedyTest {
    /** What a shell makes of the command, one argument a line after an {@code |}. */
    private static String taken(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(
                        "sh", "-c", "kubectl() { for a in \"$@\"; do printf '|%s' \"$a\"; done; }; " + command)
                .redirectErrorStream(true)
                .start();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return out;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain-name",
                "$(touch /tmp/x)",
                "`id`",
                "a b",
                "it's",
                "\"q\"",
                "line\nbreak",
                "-n",
                "",
                "$HOME",
                "a;b",
                "*",
                "~",
                "#c",
                "!x",
                "\\",
                "ü"
            })
    void everyWordReachesTheCommandAsItIs(String word) throws IOException, InterruptedException {
        Remedy remedy = new Remedy("why", List.of("get", word, "end"), false);

        assertThat(taken(remedy.command(null))).isEqualTo("|get|" + word + "|end");
        assertThat(taken(remedy.command(word))).isEqualTo("|--context=" + word + "|get|" + word + "|end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o=yaml", "a$(b)", "A", "x y", "a\nb", "../x", "", "a'b"})
    void namesThatKubernetesDoesNotAllowMakeNoCommand(String name) {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .template(name);
        SeenObject pod = Pod.of("api").waiting("ErrImagePull", "").seen();
        picture.has(new SeenObject(
                new ObjectId("", "Pod", "ns", name),
                "uid",
                "api",
                true,
                pod.readiness(),
                null,
                pod.createdAt(),
                pod.since(),
                null,
                false,
                pod.facts(),
                false));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.IMAGE_PULL);
        assertThat(picture.cause().remedies()).isEmpty();
    }

    @Test
    void thoseThatOnlyReadComeFirstWhateverTheCause() {
        for (CauseWord word : CauseWord.values()) {
            Finding finding = Finding.of(word, Confidence.CERTAIN, new ObjectId("", "Pod", "ns", "p"), "x")
                    .subject("some-subject");
            Reading reading = Reading.of(new Picture().view(), Picture.START);

            List<Remedy> remedies = new Remedies(reading).of(finding);

            assertThat(remedies).as(word.word()).isNotEmpty();
            assertThat(remedies).as(word.word()).extracting(Remedy::mutating).isSorted();
        }
    }

    @Test
    void lynqsKindsHaveItsNames() {
        Picture picture = new Picture()
                .lynq()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").waiting("ErrImagePull", ""));

        assertThat(picture.cause().remedies())
                .extracting(each -> each.command(null))
                .contains("kubectl edit lynqform web -n ns");
    }
}
