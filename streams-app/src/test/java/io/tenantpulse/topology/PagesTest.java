package io.tenantpulse.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private final Pages pages = new Pages();

    @Test
    void noTwoPiecesShareAByte() {
        Random random = new Random(7);
        List<Pages.Room> held = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(5) < 2 && !held.isEmpty()) {
                pages.giveBack(held.remove(random.nextInt(held.size())));
            } else {
                int needed = random.nextInt(100) == 0 ? random.nextInt(50_000) : 1 + random.nextInt(900);
                Pages.Room room = pages.take(needed);
                assertThat(room.length()).isGreaterThanOrEqualTo(needed);
                held.add(room);
            }
        }

        Map<byte[], boolean[]> used = new IdentityHashMap<>();
        for (Pages.Room room : held) {
            boolean[] bytes = used.computeIfAbsent(room.page(), page -> new boolean[page.length]);
            for (int i = room.at(); i < room.at() + room.length(); i++) {
                assertThat(bytes[i]).isFalse();
                bytes[i] = true;
            }
        }
    }

    @Test
    void whatIsGivenBackIsUsedAgainForAboutAsMuch() {
        List<Pages.Room> rooms = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rooms.add(pages.take(400));
        }
        long before = pages.taken();

        for (int round = 0; round < 10; round++) {
            rooms.forEach(pages::giveBack);
            int needed = 416 - round * 8;
            rooms.replaceAll(any -> pages.take(needed));
        }

        assertThat(pages.taken()).isEqualTo(before);
    }

    @Test
    void aSmallFleetTakesLittle() {
        pages.take(400);

        assertThat(pages.taken()).isLessThanOrEqualTo(16 << 10);
    }

    /** Of one that is longer than the first pages are. */
    @ParameterizedTest
    @ValueSource(ints = {16_000, 16_385, 17_000, 20_000, 32_768})
    void aPieceLiesWithinItsPage(int bytes) {
        for (int before = 0; before < 8; before++) {
            Pages.Room room = pages.take(bytes);

            assertThat(room.length()).isGreaterThanOrEqualTo(bytes);
            assertThat(room.at() + room.length()).isLessThanOrEqualTo(room.page().length);
        }
    }

    @Test
    void aLongPieceStandsAlone() {
        Pages.Room room = pages.take(100_000);

        assertThat(room.at()).isZero();
        assertThat(room.page()).hasSize(room.length());
        assertThat(pages.taken()).isZero();
    }
}
