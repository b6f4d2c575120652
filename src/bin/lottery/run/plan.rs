//! Which rounds of which arms can be trained now: a table of tasks, most
//! urgent first.
//!
//! A task is one round of one arm of one seed. The ticket goes round by round;
//! other arms that make their own masks fork from its dense round and go round
//! by round; a control's round needs the ticket's masks of that round, and
//! nothing of its own rounds before. Seeds are finished one after the other, so
//! that an interrupted run has whole seeds to show.

use lottery_ticket::Arm;

/// One round of one arm of one seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Task {
    pub seed: u32,
    pub arm: Arm,
    pub round: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Running,
    Done,
}

/// All tasks of a run and how far they are.
#[derive(Debug)]
pub struct Plan {
    tasks: Vec<(Task, State)>,
    /// The arm whose dense round the others share.
    main: Arm,
    /// Other arms that must train a dense round of their own, because the main
    /// one's is gone.
    alone: Vec<(u32, Arm)>,
}

impl Plan {
    /// Rounds 0 to `rounds` of `arms` for each of `seeds`. The first arm that
    /// makes its own masks, the ticket if it is there, trains the dense round.
    pub fn new(seeds: &[u32], arms: &[Arm], rounds: usize) -> Self {
        let mut order: Vec<Arm> = arms.to_vec();
        order.sort_by_key(|arm| (arm.is_control(), *arm));
        let main = order[0];
        let mut tasks = Vec::new();
        for &seed in seeds {
            let own = |arm: Arm| (0..=rounds).map(move |round| Task { seed, arm, round });
            tasks.extend(own(main));
            tasks.extend(order[1..].iter().filter(|arm| !arm.is_control()).flat_map(|&a| own(a)));
            for round in 0..=rounds {
                let controls = order.iter().filter(|arm| arm.is_control());
                tasks.extend(controls.map(|&arm| Task { seed, arm, round }));
            }
        }
        Plan {
            tasks: tasks.into_iter().map(|task| (task, State::Waiting)).collect(),
            main,
            alone: Vec::new(),
        }
    }

    /// The arm whose dense round the others share.
    pub fn main(&self) -> Arm {
        self.main
    }

    /// `arm` joins a run whose main arm has left the dense round behind: it
    /// trains its own.
    pub fn train_alone(&mut self, seed: u32, arm: Arm) {
        self.alone.push((seed, arm));
    }

    /// Does round 0 of this task come with the main arm's?
    fn is_shared(&self, task: Task) -> bool {
        task.round == 0 && task.arm != self.main && !self.alone.contains(&(task.seed, task.arm))
    }

    /// The most urgent task that can be trained now; it counts as running.
    /// Round 0 of an arm that shares the main one's is never handed out.
    pub fn take(&mut self) -> Option<Task> {
        let at = (0..self.tasks.len()).find(|&at| self.is_ready(at))?;
        self.tasks[at].1 = State::Running;
        Some(self.tasks[at].0)
    }

    fn is_ready(&self, at: usize) -> bool {
        let (task, state) = self.tasks[at];
        let done = |arm, round| self.is_done(Task { arm, round, ..task });
        state == State::Waiting
            && match (task.round, task.arm.is_control()) {
                (0, _) => !self.is_shared(task),
                (round, true) => done(self.main, round - 1),
                (round, false) => done(task.arm, round - 1),
            }
    }

    /// Marks `task` as done.
    pub fn finish(&mut self, task: Task) {
        if let Some(entry) = self.tasks.iter_mut().find(|entry| entry.0 == task) {
            entry.1 = State::Done;
        }
    }

    /// Is `task` done?
    pub fn is_done(&self, task: Task) -> bool {
        self.tasks.contains(&(task, State::Done))
    }

    /// Tasks not done that someone must train.
    pub fn left(&self) -> usize {
        let mine = |task: Task| !self.is_shared(task);
        self.tasks.iter().filter(|(task, state)| *state != State::Done && mine(*task)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(seed: u32, arm: Arm, round: usize) -> Task {
        Task { seed, arm, round }
    }

    #[test]
    fn controls_wait_for_the_tickets_masks() {
        let mut plan = Plan::new(&[0], &[Arm::Reinit, Arm::Ticket], 2);
        assert_eq!(plan.take(), Some(task(0, Arm::Ticket, 0)));
        assert_eq!(plan.take(), None);
        plan.finish(task(0, Arm::Ticket, 0));
        plan.finish(task(0, Arm::Reinit, 0));
        assert_eq!(plan.take(), Some(task(0, Arm::Ticket, 1)));
        assert_eq!(plan.take(), Some(task(0, Arm::Reinit, 1)));
        assert_eq!(plan.take(), None);
        plan.finish(task(0, Arm::Ticket, 1));
        assert_eq!(plan.take(), Some(task(0, Arm::Ticket, 2)));
        assert_eq!(plan.take(), Some(task(0, Arm::Reinit, 2)));
        assert_eq!(plan.left(), 3);
        for arm in [Arm::Ticket, Arm::Reinit] {
            (0..=2).for_each(|round| plan.finish(task(0, arm, round)));
        }
        assert_eq!(plan.left(), 0);
    }

    #[test]
    fn lines_fork_from_the_dense_round() {
        let mut plan = Plan::new(&[4], &[Arm::Ticket, Arm::OneShot], 1);
        assert_eq!(plan.take(), Some(task(4, Arm::Ticket, 0)));
        assert_eq!(plan.take(), None);
        plan.finish(task(4, Arm::Ticket, 0));
        plan.finish(task(4, Arm::OneShot, 0));
        assert_eq!(plan.take(), Some(task(4, Arm::Ticket, 1)));
        assert_eq!(plan.take(), Some(task(4, Arm::OneShot, 1)));
    }

    #[test]
    fn earlier_seeds_come_first_but_nobody_idles() {
        let mut plan = Plan::new(&[7, 8], &[Arm::Ticket, Arm::Random], 1);
        assert_eq!(plan.take(), Some(task(7, Arm::Ticket, 0)));
        assert_eq!(plan.take(), Some(task(8, Arm::Ticket, 0)));
        plan.finish(task(7, Arm::Ticket, 0));
        plan.finish(task(8, Arm::Ticket, 0));
        assert_eq!(plan.take(), Some(task(7, Arm::Ticket, 1)));
        assert_eq!(plan.take(), Some(task(7, Arm::Random, 1)));
        assert_eq!(plan.take(), Some(task(8, Arm::Ticket, 1)));
    }

    #[test]
    fn an_arm_that_joins_late_trains_its_own_dense_round() {
        let mut plan = Plan::new(&[0], &[Arm::Ticket, Arm::OneShot], 1);
        plan.finish(task(0, Arm::Ticket, 0));
        plan.train_alone(0, Arm::OneShot);
        assert_eq!(plan.left(), 3);
        assert_eq!(plan.take(), Some(task(0, Arm::Ticket, 1)));
        assert_eq!(plan.take(), Some(task(0, Arm::OneShot, 0)));
    }

    #[test]
    fn without_a_ticket_the_first_line_trains_the_dense_round() {
        let mut plan = Plan::new(&[0], &[Arm::FineTune, Arm::OneShot], 0);
        assert_eq!(plan.take(), Some(task(0, Arm::OneShot, 0)));
        assert_eq!(plan.main(), Arm::OneShot);
        assert_eq!(plan.left(), 1);
    }
}
