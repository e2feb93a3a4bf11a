-- A record as milepost wrote it with schema 13. It is never edited: each newer version must read it.
PRAGMA application_id = 1835823220;
PRAGMA user_version = 13;
BEGIN TRANSACTION;
CREATE TABLE effort (
        subject TEXT NOT NULL,
        day TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        PRIMARY KEY (subject, day)
    ) STRICT, WITHOUT ROWID;
INSERT INTO effort VALUES('foundations/statistics','2026-11-30',45);
CREATE TABLE event (
        seq INTEGER PRIMARY KEY,
        id BLOB NOT NULL,
        device BLOB NOT NULL,
        command BLOB NOT NULL,
        at INTEGER NOT NULL,
        day TEXT NOT NULL,
        subject TEXT NOT NULL,
        action TEXT NOT NULL,
        payload TEXT NOT NULL,
        prev INTEGER,
        checksum INTEGER NOT NULL,
        seal INTEGER NOT NULL
    , ord BLOB) STRICT;
INSERT INTO event VALUES(1,X'01a0fba094007e09a315dcab047f3204',X'5edf7d0255b246228c4f36fa47760c0b',X'01a0fba09400758db1bcea76d9f00225',1790928000000,'2026-10-02','foundations','started','{"v":1,"title":"Foundations","hours_per_week":6.0}',NULL,-8530884391702702642,1617960475139934289,X'01a0fba0940070008000000000000000');
INSERT INTO event VALUES(2,X'01a0fba094007304946eae6ad61d140c',X'5edf7d0255b246228c4f36fa47760c0b',X'01a0fba0940073c1a083425715226aa2',1790928000000,'2026-10-02','ai-integration','started','{"v":1,"title":"AI Integration Engineering","role":"ai-engineer"}',NULL,6483284506258857471,5886293421096649059,X'01a0fba0940070008000000100000000');
INSERT INTO event VALUES(3,X'01a0fba0940079c0b5950ffceb15ac60',X'5edf7d0255b246228c4f36fa47760c0b',X'01a0fba09400709990770d51ef2e597e',1790928000000,'2026-10-02','foundations/git','done','{"v":1,"title":"Git version control","known":true}',NULL,-1626367165997060409,-5028282054539103808,X'01a0fba0940070008000000200000000');
INSERT INTO event VALUES(4,X'01a0fba094007024b6fe5fb6d5606495',X'5edf7d0255b246228c4f36fa47760c0b',X'01a0fba09400709990770d51ef2e597e',1790928000000,'2026-10-02','foundations/sql','done','{"v":1,"title":"SQL and databases","known":true}',NULL,8586606992834739287,-7618942846577726916,X'01a0fba0940070008000000300000000');
INSERT INTO event VALUES(5,X'01a10b13a8007cf3bedcc3da6befa5c0',X'5edf7d0255b246228c4f36fa47760c0b',X'01a10b13a80072ebb6f84c69518ce7db',1791187200000,'2026-10-05','foundations/python','doing','{"v":1,"title":"Python (Advanced)","note":"with tests"}',NULL,3060474655516410764,-8699111764101778696,X'01a10b13a80070008000000000000000');
INSERT INTO event VALUES(6,X'01a10fcc27007ad79cab7d832fe0fd85',X'5edf7d0255b246228c4f36fa47760c0b',X'01a10fcc270070aaa53ee91bdcea18d6',1791266400000,'2026-10-06','foundations/algorithms','done','{"v":1,"title":"Data structures and algorithms"}',NULL,-2467321333219223705,4691196224114162901,X'01a10fcc270070008000000000000000');
INSERT INTO event VALUES(7,X'01a10fcc27007b02b6884323b8ae0bdc',X'5edf7d0255b246228c4f36fa47760c0b',X'01a10fcc27007866abfdd5c63f8cd18b',1791266400000,'2026-10-06','foundations/algorithms','undone','{"v":1,"title":"Data structures and algorithms","event":"01a10fcc-2700-7ad7-9cab-7d832fe0fd85"}',6,-1472123730472281735,-6959807105797399279,X'01a10fcc270070008000000100000000');
INSERT INTO event VALUES(8,X'01a1bf1b4d80715185fc82f6a9e7c867',X'0f1e2d3c4b5a49788695a4b3c2d1e0ff',X'01a1bf1b4d807825bc8f9ece626ff0ba',1794207600000,'2026-11-09','foundations/python','done','{"v":1,"title":"Python (Advanced)","evidence":["https://example.com/ada/tests"]}',5,1457347303875115472,5987984978651546926,X'01a1bf1b4d8070008000000000000000');
INSERT INTO event VALUES(9,X'01a1150dfa407c2b9ab37846bafad03d',X'5edf7d0255b246228c4f36fa47760c0b',X'01a1150dfa407831ba62cdda230d6729',1791354600000,'2026-10-07','foundations/ide','skipped','{"v":1,"title":"IDE proficiency (VS Code, PyCharm)"}',NULL,3220628514484535486,4762633582359805836,X'01a1bf1b4d8070008000000100000000');
INSERT INTO event VALUES(10,X'01a1150dfa407b229a000d47488e7ba9',X'5edf7d0255b246228c4f36fa47760c0b',X'01a1150dfa407431bda72a40093731c7',1791354600000,'2026-10-07','foundations/statistics','doing','{"v":1,"title":"Statistical analysis"}',NULL,-4931523380245814720,-3804332912465181943,X'01a1bf1b4d8070008000000200000000');
INSERT INTO event VALUES(11,X'01a1150dfa407b2bb801d9e27deaf5d1',X'5edf7d0255b246228c4f36fa47760c0b',X'01a1150dfa407431bda72a40093731c7',1791354600000,'2026-10-07','foundations/ide','doing','{"v":1,"title":"IDE proficiency (VS Code, PyCharm)"}',9,-1850751730328481221,-3682434249506239506,X'01a1bf1b4d8070008000000300000000');
INSERT INTO event VALUES(12,X'01a1150ee4a0717ca5a89024cb85792a',X'5edf7d0255b246228c4f36fa47760c0b',X'01a1150ee4a07a19a13f52812477b330',1791354660000,'2026-10-07','foundations/statistics','undone','{"v":1,"title":"Statistical analysis","event":"01a1150d-fa40-7b22-9a00-0d47488e7ba9"}',10,-2179096490342720331,2402182167259354090,X'01a1bf1b4d8070008000000400000000');
INSERT INTO event VALUES(13,X'01a1150ee4a07b8ea40d0585cfbdbc03',X'5edf7d0255b246228c4f36fa47760c0b',X'01a1150ee4a07a19a13f52812477b330',1791354660000,'2026-10-07','foundations/ide','undone','{"v":1,"title":"IDE proficiency (VS Code, PyCharm)","event":"01a1150d-fa40-7b2b-b801-d9e27deaf5d1"}',11,4688689467343768441,1000014939584718361,X'01a1bf1b4d8070008000000500000000');
INSERT INTO event VALUES(14,X'01a1150fcf0079f085745891e3f6b7dc',X'5edf7d0255b246228c4f36fa47760c0b',X'01a1150fcf0070c9b58adaae9892977f',1791354720000,'2026-10-07','foundations/statistics','redone','{"v":1,"title":"Statistical analysis","event":"01a1150d-fa40-7b22-9a00-0d47488e7ba9"}',12,-4009106783583520423,-807823472625502932,X'01a1bf1b4d8070008000000600000000');
INSERT INTO event VALUES(15,X'01a1150fcf007bffbb75f009762b63b9',X'5edf7d0255b246228c4f36fa47760c0b',X'01a1150fcf0070c9b58adaae9892977f',1791354720000,'2026-10-07','foundations/ide','redone','{"v":1,"title":"IDE proficiency (VS Code, PyCharm)","event":"01a1150d-fa40-7b2b-b801-d9e27deaf5d1"}',13,2788897246365401688,-2898244376005817070,X'01a1bf1b4d8070008000000700000000');
INSERT INTO event VALUES(16,X'01a1150dfa407f9abe5a5631f9277b5d',X'5edf7d0255b246228c4f36fa47760c0b',X'01a1150dfa40707db710f8883386c7fa',1791354600000,'2026-10-07','foundations/python','noted','{"v":1,"title":"Python (Advanced)","note":"the clock was right again"}',8,6526905662157307349,-4118221185175011959,X'01a1bf1b4d8070008000000800000000');
INSERT INTO event VALUES(17,X'01a22889cce0700080000000d29e4370',X'5edf7d0255b246228c4f36fa47760c0b',X'01a22889cce07dc687a56b8dc512a4c4',1795976449248,'2026-11-29','foundations/git','noted','{"v":1,"title":"Git version control","note":"","left":"d03817d9f8f3a456"}',3,-6426434607904991031,-2495561956364851806,NULL);
INSERT INTO event VALUES(18,X'01a228963fa670008000000003727742',X'5edf7d0255b246228c4f36fa47760c0b',X'01a228963fa67ee6b23d1ca821def945',1795977265062,'2026-09-01','foundations/git','corrected','{"v":1,"title":"Git version control","status":"done","dated":true}',17,6596606597354093425,4171255974571156133,NULL);
INSERT INTO event VALUES(19,X'01a22896407070008000000017a07a80',X'5edf7d0255b246228c4f36fa47760c0b',X'01a2289640707332aae94c0b47f8811b',1795977265264,'2026-11-29','foundations/git','unnoted','{"v":1,"title":"Git version control","event":"01a22889-cce0-7000-8000-0000d29e4370","part":0}',18,1185109989426481843,-6369357602471385984,NULL);
INSERT INTO event VALUES(20,X'01a228a509b37000800000008d43448d',X'5edf7d0255b246228c4f36fa47760c0b',X'01a228a509b37ebda682b98c622afabd',1795978234291,'2026-11-29','foundations/git','redacted','{"v":1,"title":"Git version control","event":"01a22889-cce0-7000-8000-0000d29e4370","part":0}',19,-720901160861795649,7851006733803649301,NULL);
INSERT INTO event VALUES(21,X'01a22baeb68070008000000030fb400e',X'3b026834cb24425791ed46dc0c7f6c96',X'01a22baeb6807f8fa9475e38c3f3183c',1796029200000,'2026-11-25','foundations/api-concepts','done','{"v":1,"title":"API concepts"}',NULL,-4164613498613602257,8943385837392030270,NULL);
INSERT INTO event VALUES(22,X'01a22baeb680700080000001ad6e4a8b',X'3b026834cb24425791ed46dc0c7f6c96',X'01a22baeb680790a8b2a5060d720a94a',1796029200000,'2026-11-30','foundations/ide','doing','{"v":1,"title":"IDE proficiency (VS Code, PyCharm)"}',15,5527666331217030392,3838797493322466373,NULL);
INSERT INTO event VALUES(23,X'01a22baeb680700080000002fd22b187',X'5edf7d0255b246228c4f36fa47760c0b',X'01a22baeb6807fefa2dbff95c6baf292',1796029200000,'2026-11-30','foundations/statistics','studied','{"v":1,"title":"Statistical analysis","minutes":45,"begins":true}',14,-2376639606024116980,3471242000895243158,NULL);
INSERT INTO event VALUES(24,X'01a22be5a500700080000000d1ec75c7',X'5edf7d0255b246228c4f36fa47760c0b',X'01a22be5a5007061adbae9db5b936b83',1796032800000,'2026-11-30','foundations/docker','done','{"v":1,"title":"Docker basics","evidence":["https://example.com/ada/docker"],"item":{"kind":"skill","in":"foundations/development-tools","hours":8.5,"goal":true}}',NULL,-8449959165091642379,-8178216006719012683,NULL);
INSERT INTO event VALUES(25,X'01a22c1d7de0700080000000d1c364a2',X'5edf7d0255b246228c4f36fa47760c0b',X'01a22c1d7de0762d88330b10779b00f1',1796036460000,'2026-11-30','bakery/rye','done','{"v":1,"title":"Rye bread","item":{"kind":"skill","in":"bakery/t","hours":3.0,"goal":true}}',NULL,-5988556535583806211,-745763509787107388,NULL);
INSERT INTO event VALUES(26,X'01a22c1d7de07000800000013c3d96bd',X'5edf7d0255b246228c4f36fa47760c0b',X'01a22c1d7de0762d88330b10779b00f1',1796036460000,'2026-11-30','bakery/wheat','done','{"v":1,"title":"Wheat bread","item":{"kind":"skill","in":"bakery/t","hours":3.0,"goal":true}}',NULL,-2938975739335750940,120113749321137853,NULL);
INSERT INTO event VALUES(27,X'01a22c1e6840700080000000c51e8f6b',X'5edf7d0255b246228c4f36fa47760c0b',X'01a22c1e6840712782750014b1de46f9',1796036520000,'2026-11-30','bakery/rye-bread','renamed','{"v":1,"title":"Rye bread","renamed_from":"bakery/rye"}',NULL,5967070496656931450,8339360517298965291,NULL);
INSERT INTO event VALUES(28,X'01a22c1e6840700080000001f599d29a',X'5edf7d0255b246228c4f36fa47760c0b',X'01a22c1e6840712782750014b1de46f9',1796036520000,'2026-11-30','bakery/wheat','set_apart','{"v":1,"title":"Croissants of laminated dough","was":{"kind":"skill","title":"Wheat bread"}}',26,-8267868188156038421,-7204626535706288779,NULL);
INSERT INTO event VALUES(29,X'01a22c1f52a0700080000000b7f49a1a',X'5edf7d0255b246228c4f36fa47760c0b',X'01a22c1f52a076daa0b581b81758bb70',1796036580000,'2026-11-30','foundations/ide','skipped','{"v":1,"title":"IDE proficiency (VS Code, PyCharm)","item":{"kind":"skill","in":"foundations/development-tools","hours":8.5,"goal":true}}',22,2536974805283237070,2322372057069545685,NULL);
INSERT INTO event VALUES(30,X'01a22c203d007000800000000211c8d5',X'5edf7d0255b246228c4f36fa47760c0b',X'01a22c203d00744d8a7b69b443e5eb14',1796036640000,'2026-11-30','foundations/ide','undone','{"v":1,"title":"IDE proficiency (VS Code, PyCharm)","event":"01a22c1f-52a0-7000-8000-0000b7f49a1a"}',29,7348777387765605814,-1659458926580054469,NULL);
INSERT INTO event VALUES(31,X'01a22c203d00700080000001ab41226a',X'5edf7d0255b246228c4f36fa47760c0b',X'01a22a299d20718b97a6283a275c47e1',1796003700000,'2026-11-30','foundations/docker','done','{"v":1,"title":"FOUNDATIONS/DOCKER","by":"mcp:claude-code"}',24,-3918141404298527989,4951207152009326055,NULL);
CREATE TABLE log (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        device BLOB NOT NULL,
        count INTEGER NOT NULL,
        sum INTEGER NOT NULL
    ) STRICT;
INSERT INTO log VALUES(1,X'5edf7d0255b246228c4f36fa47760c0b',31,-4344224955222561091);
CREATE TABLE standing (
        subject TEXT PRIMARY KEY,
        last INTEGER NOT NULL,
        status TEXT,
        since TEXT,
        begun TEXT,
        known INTEGER NOT NULL DEFAULT 0,
        said TEXT,
        target_on TEXT,
        hours_per_week REAL
    , role TEXT, snoozed_until TEXT, as_marked TEXT) STRICT, WITHOUT ROWID;
INSERT INTO standing VALUES('ai-integration',2,'following','2026-10-02',NULL,0,NULL,NULL,NULL,'ai-engineer',NULL,NULL);
INSERT INTO standing VALUES('bakery/rye',25,'done','2026-11-30',NULL,0,NULL,NULL,NULL,NULL,NULL,'{"kind":"skill","in":"bakery/t","hours":3.0,"goal":true}');
INSERT INTO standing VALUES('bakery/rye-bread',27,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO standing VALUES('bakery/wheat',28,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO standing VALUES('foundations',1,'following','2026-10-02',NULL,0,NULL,NULL,6.0,NULL,NULL,NULL);
INSERT INTO standing VALUES('foundations/algorithms',7,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO standing VALUES('foundations/api-concepts',21,'done','2026-11-25',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO standing VALUES('foundations/docker',31,'done','2026-11-30',NULL,0,'{"evidence":[{"on":"2026-11-30","text":"https://example.com/ada/docker"}]}',NULL,NULL,NULL,NULL,NULL);
INSERT INTO standing VALUES('foundations/git',20,'done','2026-09-01',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO standing VALUES('foundations/ide',30,'doing','2026-11-30','2026-10-07',0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO standing VALUES('foundations/python',16,'done','2026-11-09','2026-10-05',0,'{"notes":[{"on":"2026-10-05","text":"with tests"},{"on":"2026-10-07","text":"the clock was right again"}],"evidence":[{"on":"2026-11-09","text":"https://example.com/ada/tests"}]}',NULL,NULL,NULL,NULL,NULL);
INSERT INTO standing VALUES('foundations/sql',4,'done','2026-10-02',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO standing VALUES('foundations/statistics',23,'doing','2026-10-07','2026-10-07',0,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE own_device (
        n INTEGER PRIMARY KEY,
        device BLOB NOT NULL,
        seal INTEGER NOT NULL
    ) STRICT;
INSERT INTO own_device VALUES(1,X'5edf7d0255b246228c4f36fa47760c0b',-8299338062243538223);
CREATE TABLE import (
        number INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        after BLOB NOT NULL,
        file TEXT NOT NULL,
        events INTEGER NOT NULL,
        undone BLOB
    ) STRICT;
INSERT INTO import VALUES(1,1796029200000,X'01a22baeb680700080000001ad6e4a8b','record.json',2,NULL);
CREATE TABLE imported (
        event BLOB PRIMARY KEY,
        import INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
INSERT INTO imported VALUES(X'01a22baeb68070008000000030fb400e',1);
INSERT INTO imported VALUES(X'01a22baeb680700080000001ad6e4a8b',1);
CREATE INDEX following ON standing (subject) WHERE status = 'following';
CREATE INDEX redacted ON event (subject) WHERE action = 'redacted';
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE OF
        seq, id, device, command, at, day, subject, action, prev, checksum, seal, ord ON event
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_text_is_only_erased BEFORE UPDATE OF payload ON event
        WHEN NEW.payload NOT LIKE '%,"left":"________________"}' OR NOT EXISTS (
            SELECT 1 FROM event AS told
            WHERE told.action = 'redacted' AND told.subject = OLD.subject
                AND instr(told.payload, lower(substr(hex(OLD.id), 1, 8) || '-' || substr(hex(OLD.id), 9, 4) || '-' ||
                substr(hex(OLD.id), 13, 4) || '-' || substr(hex(OLD.id), 17, 4) || '-' ||
                substr(hex(OLD.id), 21)))
        )
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE INDEX decided ON event (subject) WHERE action IN ('renamed', 'set_apart');
CREATE INDEX taken_back ON event (subject) WHERE action IN ('undone', 'redone');
COMMIT;
