from collegium.intake.report import Report, Told


def test_the_report_in_sentences():
    report = Report("small", "A small pack")
    report.made += [Told("topics", "a"), Told("topics", "b")]
    report.updated.append(Told("topics", "c"))
    report.kept.append(Told("topics", "d", "It was edited here."))
    report.left_deleted.append(Told("topics", "e"))
    report.gone.append(Told("topics", "f"))
    assert report.lines() == [
        "The pack small (A small pack) is loaded: 2 made, 1 updated, 0 unchanged.",
        "Kept as it is: topics d. It was edited here.",
        "Left deleted: topics e. It was deleted here; the pack does not bring it back.",
        "No longer in the pack: topics f. What stands here stays; delete it here if it should go.",
    ]
